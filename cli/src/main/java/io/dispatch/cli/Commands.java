package io.dispatch.cli;

import io.dispatch.cli.account.BootstrapCommand;
import io.dispatch.cli.account.ContextCommand;
import io.dispatch.cli.account.LoginCommand;
import io.dispatch.cli.account.LogoutCommand;
import io.dispatch.cli.create.CreateBaseImageCommand;
import io.dispatch.cli.create.CreateEventDriverCommand;
import io.dispatch.cli.create.CreateEventDriverTypeCommand;
import io.dispatch.cli.create.CreateFunctionCommand;
import io.dispatch.cli.create.CreateImageCommand;
import io.dispatch.cli.create.CreateSecretCommand;
import io.dispatch.cli.create.CreateSubscriptionCommand;
import io.dispatch.cli.deadletter.ListDeadLettersCommand;
import io.dispatch.cli.deadletter.RedriveCommand;
import io.dispatch.cli.diagnosis.DoctorCommand;
import io.dispatch.cli.diagnosis.VersionCommand;
import io.dispatch.cli.document.DocumentAction;
import io.dispatch.cli.document.FileCommand;
import io.dispatch.cli.document.SeedImagesCommand;
import io.dispatch.cli.event.EmitCommand;
import io.dispatch.cli.event.ListEventsCommand;
import io.dispatch.cli.event.ShowEventCommand;
import io.dispatch.cli.event.TailEventsCommand;
import io.dispatch.cli.iam.CreateOrganizationCommand;
import io.dispatch.cli.iam.CreatePolicyCommand;
import io.dispatch.cli.iam.CreateServiceAccountCommand;
import io.dispatch.cli.resource.DeleteCommand;
import io.dispatch.cli.resource.EditCommand;
import io.dispatch.cli.resource.GetCommand;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.run.ExecCommand;
import io.dispatch.cli.run.GetRunCommand;
import io.dispatch.cli.run.LogsCommand;
import io.dispatch.cli.session.Session;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The tree of commands, or a part of it. */
final class Commands {

    private static final List<Kind> EVERYDAY = List.of(
            Kind.SUBSCRIPTION, Kind.DRIVER, Kind.DRIVER_TYPE, Kind.SECRET, Kind.FUNCTION, Kind.IMAGE, Kind.BASE_IMAGE);
    private static final List<Kind> IAM = List.of(Kind.ORGANIZATION, Kind.SERVICE_ACCOUNT, Kind.POLICY);
    private static final String LAUNCHER =
            "This is done by the script `dispatch`, beside which this command was built: run `./dispatch up` there.";

    private final Session session;
    private final Predicate<String> meant;

    private Commands(Session session, Predicate<String> meant) {
        this.session = session;
        this.meant = meant;
    }

    /**
     * Adds those commands that may be meant. picocli reads each by reflection, which for all of them takes a tenth of a second.
     *
     * @param meant whether a command of this name may be
     */
    static void addTo(CommandLine root, Session session, Predicate<String> meant) {
        new Commands(session, meant).addTo(root);
        Help.shape(root);
    }

    private void addTo(CommandLine root) {
        add(
                root,
                () -> elsewhere("Runs PostgreSQL and the four services on this machine until Ctrl-C.", LAUNCHER),
                "up");
        add(root, () -> elsewhere("Makes what lets `up` start fast; the build has done it.", LAUNCHER), "prepare");
        add(root, this::create, "create");
        add(root, this::get, "get");
        add(root, () -> file(DocumentAction.UPDATE, "Replaces what a file describes."), "update");
        add(root, () -> file(DocumentAction.APPLY, "Creates or replaces what a file describes."), "apply");
        add(root, this::delete, "delete");
        add(root, () -> new EditCommand(session), "edit");
        add(root, () -> new EmitCommand(session), "emit");
        add(root, this::events, "events");
        add(root, this::deadLetters, "deadletters");
        add(root, () -> new ExecCommand(session), "exec");
        add(root, () -> new GetRunCommand(session), "runs");
        add(root, () -> new LogsCommand(session), "logs");
        add(root, () -> new LoginCommand(session), "login");
        add(root, () -> new LogoutCommand(session), "logout");
        add(root, () -> new ContextCommand(session), "context");
        add(root, this::iam, "iam");
        add(root, this::manage, "manage");
        add(root, () -> new DoctorCommand(session), "doctor");
        add(root, () -> new VersionCommand(session), "version");
        add(root, () -> new CompletionCommand(session), "completion");
        add(
                root,
                () -> elsewhere(
                        "Says how a server is installed.",
                        "A server on Kubernetes is installed from the manifests in k8s/; on this machine `dispatch up` runs one."),
                "install");
        add(
                root,
                () -> elsewhere(
                        "Says how a server is removed.",
                        "A server on Kubernetes is removed with the manifests in k8s/; the one of `dispatch up` ends with Ctrl-C, and its data is in .dispatch/data."),
                "uninstall");
        add(
                root,
                () -> elsewhere(
                        "Says where the logs are.",
                        "The logs of `dispatch up` are in .dispatch/data/logs, those of pods are shown by `kubectl logs`; `dispatch logs` shows what functions and drivers print."),
                "log");
    }

    private CommandLine create() {
        CommandLine create = file(DocumentAction.CREATE, "Creates what a file describes, or one thing.");
        add(create, () -> new CreateSubscriptionCommand(session), Kind.SUBSCRIPTION);
        add(create, () -> new CreateEventDriverCommand(session), Kind.DRIVER);
        add(create, () -> new CreateEventDriverTypeCommand(session), Kind.DRIVER_TYPE);
        add(create, () -> new CreateSecretCommand(session), Kind.SECRET);
        add(create, () -> new CreateFunctionCommand(session), Kind.FUNCTION);
        add(create, () -> new CreateImageCommand(session), Kind.IMAGE);
        add(create, () -> new CreateBaseImageCommand(session), Kind.BASE_IMAGE);
        add(create, () -> new SeedImagesCommand(session), "seed-images", "seed");
        return create;
    }

    private CommandLine get() {
        CommandLine get = group("Shows what there is.");
        EVERYDAY.forEach(kind -> add(get, () -> described(new GetCommand(session, kind), "Shows", kind), kind));
        add(get, () -> new GetRunCommand(session), "run", "runs");
        return get;
    }

    private CommandLine delete() {
        CommandLine delete = file(DocumentAction.DELETE, "Deletes what a file describes, or what is named.");
        EVERYDAY.forEach(kind -> add(delete, () -> described(new DeleteCommand(session, kind), "Deletes", kind), kind));
        return delete;
    }

    private CommandLine iam() {
        CommandLine iam = group("Organizations, service accounts and policies.");
        CommandLine create = group("Creates one.");
        add(create, () -> new CreateOrganizationCommand(session), Kind.ORGANIZATION);
        add(create, () -> new CreateServiceAccountCommand(session), Kind.SERVICE_ACCOUNT);
        add(create, () -> new CreatePolicyCommand(session), Kind.POLICY);
        CommandLine get = group("Shows what there is.");
        IAM.forEach(kind -> add(get, () -> described(new GetCommand(session, kind), "Shows", kind), kind));
        CommandLine delete = group("Deletes what is named.");
        IAM.forEach(kind -> add(delete, () -> described(new DeleteCommand(session, kind), "Deletes", kind), kind));
        iam.addSubcommand("create", create);
        iam.addSubcommand("get", get);
        iam.addSubcommand("delete", delete);
        iam.addSubcommand("update", file(DocumentAction.UPDATE, "Replaces what a file describes."));
        return iam;
    }

    private CommandLine events() {
        CommandLine events = group("What was accepted, and what became of it.");
        add(events, () -> new ListEventsCommand(session), "list");
        add(events, () -> new TailEventsCommand(session), "tail");
        add(events, () -> new ShowEventCommand(session), "show");
        return events;
    }

    private CommandLine deadLetters() {
        CommandLine deadLetters = group("What nobody will retry by itself.");
        add(deadLetters, () -> new ListDeadLettersCommand(session), "list");
        add(deadLetters, () -> new RedriveCommand(session), "redrive");
        return deadLetters;
    }

    private CommandLine manage() {
        CommandLine manage = group("The first steps of a server.");
        add(manage, () -> new BootstrapCommand(session), "bootstrap");
        return manage;
    }

    private void add(CommandLine parent, Supplier<Object> command, Kind kind) {
        add(parent, command, kind.word(), kind.aliases());
    }

    private void add(CommandLine parent, Supplier<Object> command, String name, String... aliases) {
        if (meant.test(name) || Arrays.stream(aliases).anyMatch(meant)) {
            parent.addSubcommand(name, command.get(), aliases);
        }
    }

    private CommandLine file(DocumentAction action, String description) {
        return described(new FileCommand(session, action), description);
    }

    private static CommandLine group(String description) {
        return described(new GroupCommand(), description);
    }

    private static CommandLine elsewhere(String description, String place) {
        return described(new ElsewhereCommand(place), description)
                .setUnmatchedArgumentsAllowed(true)
                .setUnmatchedOptionsArePositionalParams(true);
    }

    private static CommandLine described(Object command, String verb, Kind kind) {
        return described(command, "%s %s.".formatted(verb, Help.plural(kind)));
    }

    private static CommandLine described(Object command, String description) {
        CommandLine commandLine = new CommandLine(command);
        commandLine.getCommandSpec().usageMessage().description(description);
        return commandLine;
    }
}
