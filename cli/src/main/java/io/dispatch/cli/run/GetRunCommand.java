package io.dispatch.cli.run;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code get run [FUNCTION [RUN]]}, for short {@code runs}. */
@Command(
        description = "Shows runs, the newest first.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  dispatch get runs hello",
            "  dispatch runs hello --follow",
            "  dispatch runs hello --last -o json"
        })
public final class GetRunCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FUNCTION", description = "Only runs of this function.")
    private @Nullable String function;

    @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = "Only this run.")
    private @Nullable String run;

    @Option(
            names = {"-f", "--follow"},
            description = "Stay, and show what is new; Ctrl-C ends it.")
    private boolean follow;

    @Option(names = "--last", description = "Only the newest.")
    private boolean last;

    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            defaultValue = "started",
            description = "Sort by function, status, started or finished (default ${DEFAULT-VALUE}).")
    private String by = "started";

    /** The original's command has it; a run belongs to no application. */
    @Option(
            names = {"-a", "--application"},
            hidden = true)
    void application(String ignored) {}

    public GetRunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Comparator<JsonNode> order = order();
        Api api = session.api();
        if (run != null) {
            JsonNode found = api.get(
                    "/v1/runs/" + Api.encoded(run) + Api.query(Collections.singletonMap("functionName", function)));
            show(List.of(found), found);
            return 0;
        }
        List<JsonNode> runs =
                RunList.read(api, function, null).stream().sorted(order).toList();
        if (last) {
            runs = runs.stream().sorted(byStart()).limit(1).toList();
            if (!runs.isEmpty()) {
                show(runs, runs.getFirst());
                return 0;
            }
        }
        if (follow) {
            follow(api, runs);
        }
        show(runs, array(runs));
        return 0;
    }

    private Comparator<JsonNode> order() {
        return switch (by) {
            case "started" -> byStart();
            case "finished" ->
                Comparator.comparingLong((JsonNode each) -> time(each, "finishedTime"))
                        .reversed();
            case "function" -> Comparator.comparing((JsonNode each) -> Json.text(each, "functionName"));
            case "status" -> Comparator.comparing((JsonNode each) -> Json.text(each, "status"));
            default ->
                throw new CommandFailure(
                        "--by %s is not known: it is function, status, started or finished.".formatted(by));
        };
    }

    private static Comparator<JsonNode> byStart() {
        return Comparator.comparingLong((JsonNode each) -> time(each, "executedTime"))
                .reversed();
    }

    private static long time(JsonNode run, String field) {
        Long time = Json.number(run, field);
        return time == null ? 0 : time;
    }

    private void show(List<JsonNode> runs, JsonNode data) {
        if (!session.printer().isText()) {
            session.printer().data(data);
            return;
        }
        RunList list = new RunList(session);
        runs.forEach(list::add);
        list.print();
    }

    private static ArrayNode array(List<JsonNode> runs) {
        return Json.object().putArray("runs").addAll(runs);
    }

    /** The oldest first, so that what comes is below what was; never returns. */
    private void follow(Api api, List<JsonNode> first) {
        boolean text = session.printer().isText();
        RunList list = new RunList(session).reserve();
        Map<String, String> shown = new HashMap<>();
        List<JsonNode> oldestFirst = new ArrayList<>(first).reversed();
        oldestFirst.forEach(each -> shown.put(Json.text(each, "name"), Json.text(each, "status")));
        if (text) {
            oldestFirst.forEach(list::add);
            list.print();
        } else {
            oldestFirst.forEach(session.printer()::data);
        }
        while (true) {
            long since = session.surroundings()
                    .clock()
                    .instant()
                    .minus(PAUSE.multipliedBy(3))
                    .getEpochSecond();
            Session.pause(PAUSE);
            for (JsonNode each : RunList.read(api, function, since).reversed()) {
                String status = Json.text(each, "status");
                if (status.equals(shown.put(Json.text(each, "name"), status))) {
                    continue;
                }
                if (text) {
                    list.add(each);
                    list.printLast();
                } else {
                    session.printer().data(each);
                }
            }
        }
    }
}
