package io.dispatch.cli.event;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.session.Surroundings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of an event on the command line, with the names of the guide and those of the original's command. */
final class EventOptions {

    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

    @Option(
            names = {"--source", "--source-id"},
            paramLabel = "SOURCE",
            defaultValue = "dispatch",
            description = "Where the event comes from (default ${DEFAULT-VALUE}).")
    private String source = "dispatch";

    @Option(names = "--event-id", paramLabel = "ID", description = "Unique within the source (default a random UUID).")
    private @Nullable String eventId;

    @Option(names = "--event-type-version", paramLabel = "VERSION", description = "Version of the event type.")
    private @Nullable String eventTypeVersion;

    @Option(
            names = {"--schema-url", "--event-schema-url"},
            paramLabel = "URL",
            description = "Where the schema of the data is.")
    private @Nullable String schemaUrl;

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "What the data is; wins over what is found out (default application/json).")
    private @Nullable String contentType;

    @Nullable
    String contentType() {
        return contentType == null || contentType.isEmpty() ? null : contentType;
    }

    /** JSON that is read already. */
    Payload payload(JsonNode value) {
        String given = contentType();
        return new Payload(value, given == null ? "application/json" : given);
    }

    /** An event of CloudEvents 0.1, as the API has it (contract section 3.3). */
    JsonNode event(String type, @Nullable Payload payload, Surroundings surroundings) {
        ObjectNode event = Json.object();
        event.put("eventType", type);
        putIfGiven(event, "eventTypeVersion", eventTypeVersion);
        event.put("cloudEventsVersion", "0.1");
        event.put("source", source);
        event.put("eventID", eventId == null || eventId.isEmpty() ? randomId(surroundings.random()) : eventId);
        event.put("eventTime", milliseconds(surroundings.clock().instant()));
        putIfGiven(event, "schemaURL", schemaUrl);
        if (payload != null) {
            event.put("contentType", payload.contentType());
            event.set("data", payload.data());
        } else {
            putIfGiven(event, "contentType", contentType);
        }
        return event;
    }

    /** Whether a value is an event by itself, of CloudEvents 1.0, 0.3 or 0.1. */
    static boolean isEvent(JsonNode value) {
        return value.path("specversion").isString()
                || value.path("cloudEventsVersion").isString();
    }

    private static void putIfGiven(ObjectNode event, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            event.put(field, value);
        }
    }

    private static String milliseconds(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }

    /** RFC 9562 section 5.4. */
    private static String randomId(RandomGenerator random) {
        return new UUID((random.nextLong() & ~VERSION_MASK) | VERSION_4, (random.nextLong() & ~VARIANT_MASK) | VARIANT)
                .toString();
    }
}
