package io.dispatch.cli.event;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.Table;
import io.dispatch.cli.output.WireTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events of the log as a table. */
final class EventTable {

    private static final String ACCEPTED = "ACCEPTED";

    private final Table table = new Table(List.of(ACCEPTED, "ID", "TYPE", "SOURCE", "SENDER'S ID", "MATCHED"), false);
    private final ZoneId zone;

    EventTable(ZoneId zone) {
        this.zone = zone;
    }

    /** Leaves room for events that are added after the first were printed. */
    EventTable reserve() {
        table.reserve(ACCEPTED, WireTime.WIDTH);
        table.reserve("ID", 36);
        table.reserve("TYPE", 20);
        table.reserve("SOURCE", 16);
        return this;
    }

    void add(JsonNode logged) {
        JsonNode event = logged.path("event");
        table.add(List.of(
                time(Json.text(logged, "acceptedAt"), zone),
                Json.text(logged, "eventId"),
                Json.text(event, "type"),
                Json.text(event, "source"),
                Json.text(event, "id"),
                Integer.toString(logged.path("matched").size())));
    }

    Table table() {
        return table;
    }

    /** A date-time of the wire as the other tables show times; as it is where it is none. */
    static String time(String text, ZoneId zone) {
        try {
            return text.isEmpty() ? "" : WireTime.show(Instant.parse(text).getEpochSecond(), zone);
        } catch (DateTimeParseException e) {
            return text;
        }
    }
}
