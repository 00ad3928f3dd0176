package io.dispatch.cli.iam;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import io.dispatch.cli.resource.Resources;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code iam create policy NAME}: one rule. */
@Command(
        name = "policy",
        description = "Creates a policy with one rule.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch iam create policy event-writers -s ci-bot -a create,get -r event"})
public final class CreatePolicyCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The policy's name.")
    private String name = "";

    @Option(
            names = {"-s", "--subject"},
            paramLabel = "SUBJECTS",
            required = true,
            split = ",",
            description = "Who may: accounts, separated by commas.")
    private List<String> subjects = List.of();

    @Option(
            names = {"-a", "--action"},
            paramLabel = "ACTIONS",
            required = true,
            split = ",",
            description = "What: get, create, update, delete, or *.")
    private List<String> actions = List.of();

    @Option(
            names = {"-r", "--resource"},
            paramLabel = "RESOURCES",
            required = true,
            split = ",",
            description = "On what: event, function, runs, secret, iam, …, or *.")
    private List<String> resources = List.of();

    @Option(names = "--global", description = "In all organizations.")
    private boolean global;

    public CreatePolicyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name).put("global", global);
        ObjectNode rule = body.putArray("rules").addObject();
        subjects.forEach(rule.putArray("subjects")::add);
        resources.forEach(rule.putArray("resources")::add);
        actions.forEach(rule.putArray("actions")::add);
        session.printer().done(Kind.POLICY.created(name), new Resources(session.api()).create(Kind.POLICY, body));
        return 0;
    }
}
