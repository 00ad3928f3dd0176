package io.dispatch.cli.run;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.WireTime;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code logs FUNCTION|RUN|DRIVER}: what was printed. */
@Command(
        name = "logs",
        description = "Shows what a run printed, or the newest runs of a function, or a driver.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch logs hello",
            "  dispatch logs hello --tail 3",
            "  dispatch logs --driver heartbeat"
        })
public final class LogsCommand implements Callable<Integer> {

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A function's name, or a run's id.")
    private String name = "";

    @Option(names = "--driver", description = "NAME is a driver.")
    private boolean driver;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "RUNS",
            defaultValue = "10",
            description = "How many of a function's runs (default ${DEFAULT-VALUE}).")
    private int tail = 10;

    public LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Api api = session.api();
        if (driver) {
            JsonNode lines = api.get("/v1/event/drivers/" + Api.encoded(name) + "/logs");
            lines.values()
                    .forEach(line ->
                            session.printer().line(line.isObject() ? Json.text(line, "line") : line.asString("")));
            return 0;
        }
        if (UUID.matcher(name).matches()) {
            show(api.get("/v1/runs/" + name), false);
            return 0;
        }
        List<JsonNode> runs =
                RunList.read(api, name, null).stream().limit(tail).toList().reversed();
        if (runs.isEmpty()) {
            // 404, with its sentence, where there is no such function at all.
            api.get("/v1/function/" + Api.encoded(name));
            throw new CommandFailure(
                    "Function %s has not run yet: emit an event that it is subscribed to, or try `dispatch exec %s --wait`."
                            .formatted(name, name));
        }
        for (JsonNode run : runs) {
            // One by one, as the list leaves out what is long.
            show(api.get("/v1/runs/" + Json.text(run, "name")), true);
        }
        return 0;
    }

    private void show(JsonNode run, boolean headed) {
        if (!session.printer().isText()) {
            session.printer().data(run.path("logs"));
            return;
        }
        if (headed) {
            session.printer()
                    .line("==> %s %s %s"
                            .formatted(
                                    Json.text(run, "name"),
                                    Json.text(run, "status"),
                                    WireTime.show(
                                            Json.number(run, "executedTime"),
                                            session.surroundings().clock().getZone())));
        }
        Json.texts(run.path("logs"), "stdout").forEach(session.printer()::line);
        Json.texts(run.path("logs"), "stderr").forEach(session.printer()::line);
        JsonNode error = run.path("error");
        if (error.isObject()) {
            session.printer().line("%s: %s".formatted(Json.text(error, "type"), Json.text(error, "message")));
        }
    }
}
