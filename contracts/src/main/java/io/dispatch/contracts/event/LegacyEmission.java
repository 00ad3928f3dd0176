package io.dispatch.contracts.event;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * What a client of the 0.1 dialect sends: an event, and three fields that are only repeated in the answer.
 *
 * @param event the event
 * @param id a UUID, or null
 * @param emittedTime a number as JSON text, or null
 * @param tags an array of objects as JSON text, or null
 */
public record LegacyEmission(
        LegacyEvent event,
        @Nullable String id,
        @Nullable String emittedTime,
        @Nullable String tags) {

    /** The answer's body: the emission as it was understood, {@code eventTime} in milliseconds, in UTF-8. */
    public byte[] toJson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonSource.STRICT.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            event.writeMembers(json);
            raw(json, "data", event.data());
            raw(json, "id", id == null ? null : Leftovers.quote(id));
            raw(json, "emitted-time", emittedTime);
            raw(json, "tags", tags);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void raw(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeName(name);
            json.writeRawValue(value);
        }
    }
}
