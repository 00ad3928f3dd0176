package io.dispatch.cli.deadletter;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.Printer;
import io.dispatch.cli.output.Table;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Dead letters as a table. */
final class DeadLetterTable {

    private DeadLetterTable() {}

    static void print(Printer printer, List<JsonNode> deadLetters) {
        Table table = new Table(
                List.of("ID", "EVENT TYPE", "EVENT ID", "SUBSCRIPTION", "FUNCTION", "ATTEMPTS", "DIED", "REASON"),
                false);
        for (JsonNode letter : deadLetters) {
            JsonNode event = letter.path("event");
            table.add(List.of(
                    Json.text(letter, "id"),
                    Json.text(event, "type"),
                    Json.text(event, "id"),
                    Json.text(letter, "subscription"),
                    Json.text(letter, "function"),
                    Json.text(letter, "attempts"),
                    Json.text(letter, "diedAt"),
                    Json.text(letter, "reason")));
        }
        printer.table(table);
    }
}
