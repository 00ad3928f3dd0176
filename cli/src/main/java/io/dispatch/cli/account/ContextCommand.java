package io.dispatch.cli.account;

import io.dispatch.cli.config.ConfigFile;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.Table;
import io.dispatch.cli.resource.Nearest;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code context}: the servers and callers that the config file knows. */
@Command(
        name = "context",
        description = "Shows the contexts of the config file, or chooses one.",
        sortOptions = false,
        footer = {"", "Example:", "  dispatch context set staging"})
public final class ContextCommand implements Callable<Integer> {

    private static final List<String> CREDENTIALS = List.of("cookie", "token");

    private final Session session;

    public ContextCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ConfigFile config = session.config();
        if (!session.printer().isText()) {
            ObjectNode contexts = Json.object();
            config.contexts().forEach((name, context) -> contexts.set(name, withoutCredentials(context)));
            session.printer().data(contexts);
            return 0;
        }
        Table table = new Table(List.of("CONTEXT", "CONFIG"), false);
        config.contexts()
                .forEach((name, context) -> table.add(List.of(
                        (name.equals(config.current()) ? "* " : "  ") + name,
                        Json.writePretty(withoutCredentials(context)))));
        session.printer().table(table);
        return 0;
    }

    private static JsonNode withoutCredentials(JsonNode context) {
        JsonNode copy = context.deepCopy();
        if (copy instanceof ObjectNode fields) {
            CREDENTIALS.stream().filter(fields::has).forEach(field -> fields.put(field, ""));
        }
        return copy;
    }

    @Command(name = "current", description = "Shows the name of the context that holds.")
    Integer current() {
        session.printer().line(session.config().current());
        return 0;
    }

    @Command(name = "set", description = "Makes a context the one that holds.")
    Integer set(@Parameters(paramLabel = "CONTEXT", description = "Its name.") String name) {
        ConfigFile config = known(name);
        config.setCurrent(name);
        config.write();
        session.printer().line("Set context to " + name);
        return 0;
    }

    @Command(name = "delete", description = "Takes a context out of the config file.")
    Integer delete(@Parameters(paramLabel = "CONTEXT", description = "Its name.") String name) {
        ConfigFile config = known(name);
        config.remove(name);
        config.write();
        session.printer().line("Deleted context " + name);
        return 0;
    }

    private ConfigFile known(String name) {
        ConfigFile config = session.config();
        if (!config.contexts().containsKey(name)) {
            throw new CommandFailure("There is no context %s in %s%s"
                    .formatted(
                            name,
                            config.path(),
                            Nearest.to(name, config.contexts().keySet())
                                    .map(": did you mean %s?"::formatted)
                                    .orElse(": `dispatch context` shows them, `dispatch login` makes one.")));
        }
        return config;
    }
}
