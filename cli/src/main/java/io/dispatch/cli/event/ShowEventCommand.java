package io.dispatch.cli.event;

import io.dispatch.cli.http.Api;
import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.output.Table;
import io.dispatch.cli.run.RunList;
import io.dispatch.cli.session.Session;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code events show ID}: what became of an event. */
@Command(
        name = "show",
        description = "Shows an event's attributes, its runs and its dead letters.",
        sortOptions = false,
        footer = {
            "",
            "A sender's id is looked for among the newest 25,000 events of each part of the log, a platform's among all.",
            "",
            "Example:",
            "  dispatch events show 7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11"
        })
public final class ShowEventCommand implements Callable<Integer> {

    private static final int MOST = 1_000;

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
        Api api = session.api();
        String query = "?event=" + Api.encoded(id);
        List<JsonNode> runs = List.copyOf(api.get("/v1/runs" + query).values());
        List<JsonNode> deadLetters = List.copyOf(
                api.get("/v1/deadletters" + query + "&limit=" + MOST).values());
        if (runs.isEmpty() && deadLetters.isEmpty()) {
            throw new CommandFailure(
                    "Nothing is known of event %s in organization %s: no subscription wanted it, its runs have not begun, or they are too old."
                            .formatted(id, session.target().server().organization()));
        }
        Printer printer = session.printer();
        if (printer.isText()) {
            show(printer, runs, deadLetters);
        } else {
            ObjectNode all = Json.object();
            all.set("attributes", attributes(runs, deadLetters));
            all.putArray("runs").addAll(runs);
            all.putArray("deadLetters").addAll(deadLetters);
            printer.data(all);
        }
        return 0;
    }

    private static JsonNode attributes(List<JsonNode> runs, List<JsonNode> deadLetters) {
        return runs.isEmpty()
                ? deadLetters.getFirst().path("event")
                : runs.getFirst().path("event");
    }

    private void show(Printer printer, List<JsonNode> runs, List<JsonNode> deadLetters) {
        Map<String, String> attributes = new TreeMap<>();
        attributes(runs, deadLetters).properties().forEach(attribute -> {
            JsonNode value = attribute.getValue();
            if (!value.isNull()) {
                attributes.put(attribute.getKey(), value.isString() ? value.asString("") : Json.write(value));
            }
        });
        attributes.forEach((name, value) -> printer.line("%-20s %s".formatted(name + ":", value)));
        if (!runs.isEmpty()) {
            printer.line("\nRuns:");
            RunList list = new RunList(session);
            runs.forEach(list::add);
            list.print();
        }
        if (!deadLetters.isEmpty()) {
            printer.line("\nDead letters:");
            Table table = new Table(List.of("SUBSCRIPTION", "FUNCTION", "ATTEMPTS", "DIED", "REASON"), false);
            for (JsonNode letter : deadLetters) {
                table.add(List.of(
                        Json.text(letter, "subscription"),
                        Json.text(letter, "function"),
                        Json.text(letter, "attempts"),
                        Json.text(letter, "diedAt"),
                        Json.text(letter, "reason")));
            }
            printer.table(table);
        }
    }
}
