package io.dispatch.cli.event;

import io.dispatch.cli.http.Answer;
import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.output.Table;
import io.dispatch.cli.session.Session;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code events show ID}: what became of an event. */
@Command(
        name = "show",
        description = "Shows an event, who wanted it, its runs and what is still owed.",
        sortOptions = false,
        footer = {
            "",
            "A sender's id is looked for among the newest events, a platform's among all that the log holds.",
            "",
            "Example:",
            "  dispatch events show 7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11"
        })
public final class ShowEventCommand implements Callable<Integer> {

    private static final int NOT_FOUND = 404;

    private final Session session;

    @Parameters(
            paramLabel = "ID",
            description = "The event's id, as its sender gave it or as Dispatch-Event-Id was answered.")
    private String id = "";

    public ShowEventCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode ledger = ledger();
        Printer printer = session.printer();
        if (printer.isText()) {
            show(printer, ledger);
        } else {
            printer.data(ledger);
        }
        return 0;
    }

    private JsonNode ledger() {
        Api api = session.api();
        if (isPlatforms(id)) {
            Answer answer = api.send("GET", "/v1/event/events/" + id, null);
            if (answer.status() != NOT_FOUND) {
                return answer.orThrow().json();
            }
        }
        List<JsonNode> found = new EventSearch(api).newest(Map.of("id", id), 10).events();
        if (found.isEmpty()) {
            throw new CommandFailure(
                    "Nothing is known of event %s in organization %s: no subscription wanted it, or it is too old."
                            .formatted(id, session.target().server().organization()));
        }
        if (found.size() > 1) {
            EventTable table = new EventTable(session.surroundings().clock().getZone());
            found.forEach(table::add);
            session.printer().table(table.table());
            throw new CommandFailure(
                    "Several events have the id %s from their senders: name one by its own id, as listed."
                            .formatted(id));
        }
        return api.get("/v1/event/events/" + Json.text(found.getFirst(), "eventId"));
    }

    /** The platform's ids are UUIDs of version 8 (RFC 9562 section 5.8). */
    private static boolean isPlatforms(String id) {
        return id.matches("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-8[0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    }

    private void show(Printer printer, JsonNode ledger) {
        ZoneId zone = session.surroundings().clock().getZone();
        Map<String, String> attributes = new TreeMap<>();
        ledger.path("event").properties().forEach(attribute -> {
            JsonNode value = attribute.getValue();
            attributes.put(attribute.getKey(), value.isString() ? value.asString("") : Json.write(value));
        });
        attributes.put("accepted", EventTable.time(Json.text(ledger, "acceptedAt"), zone));
        attributes.put("event id", Json.text(ledger, "eventId"));
        attributes.forEach((name, value) -> printer.line("%-20s %s".formatted(name + ":", value)));
        Table deliveries = new Table(List.of("SUBSCRIPTION", "STATUS", "ATTEMPTS", "NEXT ATTEMPT", "REASON"), false);
        for (JsonNode delivery : ledger.path("deliveries").values()) {
            deliveries.add(List.of(
                    Json.text(delivery, "subscription"),
                    Json.text(delivery, "state"),
                    Json.text(delivery, "attempts"),
                    EventTable.time(Json.text(delivery, "nextAttemptAt"), zone),
                    Json.text(delivery, "reason")));
        }
        printer.line("\nDeliveries:");
        printer.table(deliveries);
        Table runs = new Table(
                List.of("RUN", "SUBSCRIPTION", "FUNCTION", "ATTEMPT", "STATUS", "STARTED", "FINISHED", "ERROR"), false);
        for (JsonNode run : ledger.path("runs").values()) {
            runs.add(List.of(
                    Json.text(run, "id"),
                    Json.text(run, "subscription"),
                    Json.text(run, "function"),
                    Json.text(run, "attempt"),
                    Json.text(run, "status"),
                    EventTable.time(Json.text(run, "startedAt"), zone),
                    EventTable.time(Json.text(run, "finishedAt"), zone),
                    Json.text(run.path("error"), "message")));
        }
        printer.line("\nRuns:");
        printer.table(runs);
    }
}
