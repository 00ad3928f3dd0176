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
import io.dispatch.cli.diagnosis.DoctorCommand;
import io.dispatch.cli.diagnosis.VersionCommand;
import io.dispatch.cli.document.DocumentAction;
import io.dispatch.cli.document.FileCommand;
import io.dispatch.cli.document.SeedImagesCommand;
import io.dispatch.cli.event.EmitCommand;
import io.dispatch.cli.event.ShowEventCommand;
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
import java.util.List;
import picocli.CommandLine;

/** The tree of commands. */
final class Commands {

    private static final List<Kind> EVERYDAY = List.of(
            Kind.SUBSCRIPTION, Kind.DRIVER, Kind.DRIVER_TYPE, Kind.SECRET, Kind.FUNCTION, Kind.IMAGE, Kind.BASE_IMAGE);
    private static final List<Kind> IAM = List.of(Kind.ORGANIZATION, Kind.SERVICE_ACCOUNT, Kind.POLICY);
    private static final String LAUNCHER =
            "This is done by the script `dispatch`, beside which this command was built: run `./dispatch up` there.";

    private final Session session;

    private Commands(Session session) {
        this.session = session;
    }

    static void addTo(CommandLine root, Session session) {
        Commands commands = new Commands(session);
        root.addSubcommand(
                "up", elsewhere("Runs PostgreSQL and the four services on this machine until Ctrl-C.", LAUNCHER));
        root.addSubcommand("prepare", elsewhere("Makes what lets `up` start fast; the build has done it.", LAUNCHER));
        root.addSubcommand("create", commands.create());
        root.addSubcommand("get", commands.get());
        root.addSubcommand("update", commands.file(DocumentAction.UPDATE, "Replaces what a file describes."));
        root.addSubcommand("apply", commands.file(DocumentAction.APPLY, "Creates or replaces what a file describes."));
        root.addSubcommand("delete", commands.delete());
        root.addSubcommand("edit", new EditCommand(session));
        root.addSubcommand("emit", new EmitCommand(session));
        root.addSubcommand("events", commands.events());
        root.addSubcommand("exec", new ExecCommand(session));
        root.addSubcommand("runs", new GetRunCommand(session));
        root.addSubcommand("logs", new LogsCommand(session));
        root.addSubcommand("login", new LoginCommand(session));
        root.addSubcommand("logout", new LogoutCommand(session));
        root.addSubcommand("context", new ContextCommand(session));
        root.addSubcommand("iam", commands.iam());
        root.addSubcommand("manage", commands.manage());
        root.addSubcommand("doctor", new DoctorCommand(session));
        root.addSubcommand("version", new VersionCommand(session));
        root.addSubcommand("completion", new CompletionCommand(session));
        root.addSubcommand(
                "install",
                elsewhere(
                        "Says how a server is installed.",
                        "A server on Kubernetes is installed from the manifests in k8s/; on this machine `dispatch up` runs one."));
        root.addSubcommand(
                "uninstall",
                elsewhere(
                        "Says how a server is removed.",
                        "A server on Kubernetes is removed with the manifests in k8s/; the one of `dispatch up` ends with Ctrl-C, and its data is in .dispatch/data."));
        root.addSubcommand(
                "log",
                elsewhere(
                        "Says where the logs are.",
                        "The logs of `dispatch up` are in .dispatch/data/logs, those of pods are shown by `kubectl logs`; `dispatch logs` shows what functions and drivers print."));
        Help.shape(root);
    }

    private CommandLine create() {
        CommandLine create = file(DocumentAction.CREATE, "Creates what a file describes, or one thing.");
        create.addSubcommand(new CreateSubscriptionCommand(session));
        create.addSubcommand(new CreateEventDriverCommand(session));
        create.addSubcommand(new CreateEventDriverTypeCommand(session));
        create.addSubcommand(new CreateSecretCommand(session));
        create.addSubcommand(new CreateFunctionCommand(session));
        create.addSubcommand(new CreateImageCommand(session));
        create.addSubcommand(new CreateBaseImageCommand(session));
        create.addSubcommand("seed-images", new SeedImagesCommand(session), "seed");
        return create;
    }

    private CommandLine get() {
        CommandLine get = group("Shows what there is.");
        for (Kind kind : EVERYDAY) {
            get.addSubcommand(kind.word(), described(new GetCommand(session, kind), "Shows", kind), kind.aliases());
        }
        get.addSubcommand("run", new GetRunCommand(session), "runs");
        return get;
    }

    private CommandLine delete() {
        CommandLine delete = file(DocumentAction.DELETE, "Deletes what a file describes, or what is named.");
        for (Kind kind : EVERYDAY) {
            delete.addSubcommand(
                    kind.word(), described(new DeleteCommand(session, kind), "Deletes", kind), kind.aliases());
        }
        return delete;
    }

    private CommandLine iam() {
        CommandLine iam = group("Organizations, service accounts and policies.");
        CommandLine create = group("Creates one.");
        create.addSubcommand(new CreateOrganizationCommand(session));
        create.addSubcommand(new CreateServiceAccountCommand(session));
        create.addSubcommand(new CreatePolicyCommand(session));
        CommandLine get = group("Shows what there is.");
        CommandLine delete = group("Deletes what is named.");
        for (Kind kind : IAM) {
            get.addSubcommand(kind.word(), described(new GetCommand(session, kind), "Shows", kind), kind.aliases());
            delete.addSubcommand(
                    kind.word(), described(new DeleteCommand(session, kind), "Deletes", kind), kind.aliases());
        }
        iam.addSubcommand("create", create);
        iam.addSubcommand("get", get);
        iam.addSubcommand("delete", delete);
        iam.addSubcommand("update", file(DocumentAction.UPDATE, "Replaces what a file describes."));
        return iam;
    }

    private CommandLine events() {
        CommandLine events = group("What became of events.");
        events.addSubcommand(new ShowEventCommand(session));
        return events;
    }

    private CommandLine manage() {
        CommandLine manage = group("The first steps of a server.");
        manage.addSubcommand(new BootstrapCommand(session));
        return manage;
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
