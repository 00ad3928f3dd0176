package io.dispatch.contracts.event;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * An event in the platform's first dialect: CloudEvents 0.1 as one flat JSON object, with {@code cloudEventsVersion}
 * always {@code 0.1}. Immutable. How each field travels to 1.0 and back is written down in
 * {@code docs/reference/mapping.md}.
 *
 * @param eventType what happened, 1 to 128 characters of letters, digits, {@code _-.} when a client sent it; any text when
 *     the event came in as CloudEvents
 * @param eventTypeVersion free text, or null
 * @param source where it happened, free text, never empty
 * @param eventID the sender's id, free text, never empty
 * @param eventTime an RFC 3339 date-time as it was sent, or null
 * @param schemaURL an absolute URI or absolute path, or null
 * @param contentType free text, or null
 * @param extensions further members, each as compact JSON text; empty when there are none
 * @param data the payload as JSON text with the spelling it was sent in, or null for none
 */
public record LegacyEvent(
        String eventType,
        @Nullable String eventTypeVersion,
        String source,
        String eventID,
        @Nullable String eventTime,
        @Nullable String schemaURL,
        @Nullable String contentType,
        Map<String, String> extensions,
        @Nullable String data) {

    /** The only version of this dialect. */
    public static final String VERSION = "0.1";

    public LegacyEvent {
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** The same event as CloudEvents 1.0; nothing is lost: {@link #of} gives an equal one back. */
    public Event toEvent() {
        return LegacyMapping.toEvent(this);
    }

    /**
     * Any event in this dialect: a payload that is JSON as it is, other text as a JSON string, other bytes as a string in
     * base64 with the extension {@code datacontentencoding} set to {@code base64}.
     */
    public static LegacyEvent of(Event event) {
        return LegacyMapping.of(event);
    }

    /** The flat JSON object in UTF-8, {@code eventTime} in milliseconds, {@code data} left out when there is none. */
    public byte[] toJson() {
        return write(Rfc3339.toMillis(eventTime), data);
    }

    /** The same with {@code "data":null}, as a run shows it. */
    public byte[] toJsonWithoutData() {
        return write(Rfc3339.toMillis(eventTime), "null");
    }

    /** The same as a function of the original gets it in its context: no zeros at the end of {@code eventTime}'s seconds. */
    public byte[] toJsonInContext() {
        return write(Rfc3339.toShortestMillis(eventTime), "null");
    }

    private byte[] write(String time, @Nullable String payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JsonSource.STRICT.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            writeMembers(json, time);
            if (payload != null) {
                json.writeName("data");
                json.writeRawValue(payload);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Writes all members but {@code data} into an object that is open. */
    void writeMembers(JsonGenerator json) {
        writeMembers(json, Rfc3339.toMillis(eventTime));
    }

    private void writeMembers(JsonGenerator json, String time) {
        json.writeStringProperty("eventType", eventType);
        optional(json, "eventTypeVersion", eventTypeVersion);
        json.writeStringProperty("cloudEventsVersion", VERSION);
        json.writeStringProperty("source", source);
        json.writeStringProperty("eventID", eventID);
        json.writeStringProperty("eventTime", time);
        optional(json, "schemaURL", schemaURL);
        optional(json, "contentType", contentType);
        if (!extensions.isEmpty()) {
            json.writeObjectPropertyStart("extensions");
            extensions.forEach((name, value) -> {
                json.writeName(name);
                json.writeRawValue(value);
            });
            json.writeEndObject();
        }
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
