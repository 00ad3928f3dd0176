package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.Attributes.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads CloudEvents 1.0 and 0.3 from HTTP: the JSON event format, alone and in batches, and the binary content mode. Strict where
 * the specification is: see {@link Attributes}. Payload bytes are never decoded and written again, but cut out. Safe for
 * use by many threads.
 */
public final class CloudEventReader {
    private CloudEventReader() {}

    /**
     * One event in the JSON event format ({@code application/cloudevents+json}).
     *
     * @throws InvalidEventException if it is none
     */
    public static Event structured(byte[] body) {
        try (JsonSource source = JsonSource.of(JsonSource.STRICT, body)) {
            source.parser().nextToken();
            Event event = event(source);
            source.expectEnd();
            return event;
        } catch (JacksonException notJson) {
            throw JsonSource.explained(notJson);
        }
    }

    /**
     * A list of events in the JSON batch format ({@code application/cloudevents-batch+json}), possibly empty.
     *
     * @throws InvalidEventException if one of them is none; it names the event by its index from 0
     */
    public static List<Event> batch(byte[] body) {
        List<Event> events = new ArrayList<>();
        try (JsonSource source = JsonSource.of(JsonSource.STRICT, body)) {
            if (source.parser().nextToken() != JsonToken.START_ARRAY) {
                throw InvalidEventException.of("body must be a JSON array of events");
            }
            while (source.parser().nextToken() != JsonToken.END_ARRAY) {
                events.add(event(source));
            }
            source.expectEnd();
        } catch (JacksonException notJson) {
            throw JsonSource.explained(notJson).at(events.size());
        } catch (InvalidEventException invalid) {
            throw invalid.at(events.size());
        }
        return events;
    }

    /**
     * One event in the binary content mode of the HTTP binding.
     *
     * @param headers the request's headers, names in lower case, in the order received; those that do not begin with {@code
     *     ce-} are ignored, {@code content-type} aside
     * @param body the payload; empty means none
     * @throws InvalidEventException if it is none
     */
    public static Event binary(Map<String, String> headers, byte[] body) {
        Attributes attributes = Attributes.ofHeaders();
        headers.forEach((header, value) -> {
            if (header.startsWith("ce-")) {
                String name = header.substring(3);
                attributes.put(name, HeaderValue.decode(attributes, name, value));
            }
        });
        if (attributes.text("datacontenttype") != null) {
            throw attributes.broken("datacontenttype", "must not be there: the header Content-Type says it", null);
        }
        String contentType = headers.get("content-type");
        if (contentType != null) {
            attributes.put("datacontenttype", contentType);
        }
        byte[] data =
                Version03.isBase64(attributes) ? Payload.decoded(attributes, "data", new String(body, UTF_8)) : body;
        return attributes.toEvent(data.length == 0 ? null : data);
    }

    private static Event event(JsonSource source) {
        JsonParser parser = source.parser();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw InvalidEventException.of("an event must be a JSON object");
        }
        Attributes attributes = Attributes.ofBody();
        Payload payload = new Payload();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "data" -> payload.read(attributes, source);
                case "data_base64" -> payload.readBase64(attributes, parser);
                default -> {
                    Object value = attribute(source, token);
                    if (value != null) {
                        attributes.put(name, value);
                    }
                }
            }
        }
        return attributes.toEvent(payload.bytes(attributes));
    }

    /** Null stands for unset (JSON event format 1.0.2 §2.2). */
    private static @Nullable Object attribute(JsonSource source, JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> source.parser().getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> {
                String text = JsonText.compact(source.cutText());
                try {
                    yield token == JsonToken.VALUE_NUMBER_INT ? (Object) Integer.valueOf(text) : new Json(text);
                } catch (NumberFormatException tooLarge) {
                    yield new Json(text);
                }
            }
        };
    }
}
