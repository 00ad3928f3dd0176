package io.dispatch.cli.run;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.OutputFormat;
import io.dispatch.cli.output.Table;
import io.dispatch.cli.output.WireTime;
import io.dispatch.cli.session.Session;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs, as the server lists them and as the tables show them. */
final class RunList {

    private static final List<String> HEADINGS = List.of("ID", "FUNCTION", "STATUS", "STARTED", "FINISHED");
    private static final List<String> WIDE = List.of("ATTEMPT", "EVENT TYPE", "EVENT ID", "ERROR");

    private final Session session;
    private final boolean wide;
    private final ZoneId zone;
    private final Table table;

    /** An empty one. */
    RunList(Session session) {
        this.session = session;
        this.wide = session.printer().format() == OutputFormat.WIDE;
        this.zone = session.surroundings().clock().getZone();
        List<String> headings = new ArrayList<>(HEADINGS);
        if (wide) {
            headings.addAll(WIDE);
        }
        this.table = new Table(headings, false);
    }

    /** Leaves room for runs that are added after the first were printed. */
    RunList reserve() {
        table.reserve("ID", 36);
        table.reserve("FUNCTION", 16);
        table.reserve("STARTED", WireTime.WIDTH);
        table.reserve("FINISHED", WireTime.WIDTH);
        return this;
    }

    /**
     * Asks the server, which gives the newest first and at most 1,000.
     *
     * @param function or null for all
     * @param since only those that changed later, in Unix seconds; or null
     */
    static List<JsonNode> read(Api api, @Nullable String function, @Nullable Long since) {
        Map<String, @Nullable String> query = new LinkedHashMap<>();
        query.put("functionName", function);
        query.put("since", since == null ? null : Long.toString(since));
        return List.copyOf(api.get("/v1/runs" + Api.query(query)).values());
    }

    /** Adds a run. */
    void add(JsonNode run) {
        List<String> cells = new ArrayList<>(List.of(
                Json.text(run, "name"),
                Json.text(run, "functionName"),
                Json.text(run, "status"),
                WireTime.show(Json.number(run, "executedTime"), zone),
                WireTime.show(Json.number(run, "finishedTime"), zone)));
        if (wide) {
            JsonNode error = run.path("error");
            cells.addAll(List.of(
                    Json.text(run, "attempt"),
                    Json.text(run.path("event"), "eventType"),
                    Json.text(run.path("event"), "eventID"),
                    error.isObject() ? Json.text(error, "type") + ": " + Json.text(error, "message") : ""));
        }
        table.add(cells);
    }

    /** Prints all. */
    void print() {
        session.printer().table(table);
    }

    /** Prints the one that was added last, below what is printed already. */
    void printLast() {
        session.printer().lastRow(table);
    }
}
