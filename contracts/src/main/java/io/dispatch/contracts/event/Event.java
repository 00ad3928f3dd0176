package io.dispatch.contracts.event;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event as the platform knows it, whatever version and content mode it came in: the context attributes of CloudEvents 1.0
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">spec 1.0.2</a>) and the payload's bytes.
 *
 * <p>Immutable and safe to share between threads. What had no place in 1.0 travels in the extension {@value #LEGACY}; see
 * {@code docs/reference/mapping.md}. The readers of this package check the rules of the specification; this class only
 * makes sure that an event can be told from others and matched.
 */
public final class Event {
    /** The extension that holds, as a JSON object, what an older version said and 1.0 has no place for. */
    public static final String LEGACY = "dispatchlegacy";

    /** The extension whose value keeps events in one partition and so in order (CloudEvents "Partitioning"). */
    public static final String PARTITION_KEY = "partitionkey";

    /** The extension of a replayed event: the id of the replay. */
    public static final String REPLAY = "dispatchreplay";

    /** The extension that counts how many answers of functions led to an event: 1 for the answer to an event without it. */
    public static final String HOPS = "dispatchhops";

    /** The extension that says which event an answer was given to, by the platform's id of it. */
    public static final String CAUSE = "dispatchcause";

    private static final Set<String> CORE =
            Set.of("id", "source", "type", "datacontenttype", "dataschema", "subject", "time");

    private final Map<String, Object> attributes;
    private final byte @Nullable [] data;

    private Event(Map<String, Object> attributes, byte @Nullable [] data) {
        this.attributes = attributes;
        this.data = data;
    }

    /**
     * Makes an event.
     *
     * @param attributes the context attributes by their 1.0 names, without {@code specversion}, in the order received;
     *     each value a {@link String}, {@link Integer} or {@link Boolean}
     * @param data the payload as received, or null for none; not copied, so the caller must not change it any more
     * @throws IllegalArgumentException if {@code id}, {@code source} or {@code type} is missing, or a value has another type
     */
    public static Event of(Map<String, ?> attributes, byte @Nullable [] data) {
        Map<String, Object> ordered = new LinkedHashMap<>(attributes);
        for (String required : new String[] {"id", "source", "type"}) {
            if (!(ordered.get(required) instanceof String)) {
                throw new IllegalArgumentException("an event needs the attribute '" + required + "'");
            }
        }
        ordered.forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Integer || value instanceof Boolean)) {
                throw new IllegalArgumentException("attribute '" + name + "' is neither text, integer nor boolean");
            }
        });
        return new Event(Collections.unmodifiableMap(ordered), data);
    }

    /** The sender's id, never empty; unique only together with {@link #source()}. */
    public String id() {
        return text("id");
    }

    /** Where it happened: a URI reference, never empty. */
    public String source() {
        return text("source");
    }

    /** What happened, never empty; subscriptions match on it. */
    public String type() {
        return text("type");
    }

    /** When it happened, as the sender spelled it in RFC 3339; null if it did not say. */
    public @Nullable String time() {
        return (String) attributes.get("time");
    }

    /** What within the source it is about; null if the sender did not say. */
    public @Nullable String subject() {
        return (String) attributes.get("subject");
    }

    /** The media type of {@link #data()}; null only where a binary request had none or where there is no data. */
    public @Nullable String dataContentType() {
        return (String) attributes.get("datacontenttype");
    }

    /** The absolute URI of the payload's schema, or null. */
    public @Nullable String dataSchema() {
        return (String) attributes.get("dataschema");
    }

    /** The value of one attribute or extension (a {@link String}, {@link Integer} or {@link Boolean}), or null. */
    public @Nullable Object attribute(String name) {
        return attributes.get(name);
    }

    /** All attributes and extensions in the order received, without {@code specversion}; unmodifiable. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** Whether a name is one of the attributes that CloudEvents 1.0 itself defines, as opposed to an extension. */
    public static boolean isCore(String name) {
        return CORE.contains(name) || name.equals("specversion");
    }

    /** The payload's bytes as received, or null if there is none; shared, so never to be written to. */
    public byte @Nullable [] data() {
        return data;
    }

    /** Whether the payload is announced as JSON (RFC 8259, RFC 6839 §3.1), or as nothing. */
    public boolean announcesJson() {
        String contentType = dataContentType();
        return contentType == null || MediaTypes.isJson(contentType);
    }

    private String text(String name) {
        return (String) Objects.requireNonNull(attributes.get(name));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event event && attributes.equals(event.attributes) && Arrays.equals(data, event.data);
    }

    @Override
    public int hashCode() {
        return 31 * attributes.hashCode() + Arrays.hashCode(data);
    }

    /** Source, id and type: the payload may be private and is left out. */
    @Override
    public String toString() {
        return "Event[" + source() + " " + id() + " " + type() + "]";
    }
}
