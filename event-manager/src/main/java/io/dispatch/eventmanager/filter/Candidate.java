package io.dispatch.eventmanager.filter;

import io.dispatch.contracts.event.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event while it is matched. Its payload is parsed once, when the first condition asks for it. For one thread. */
public final class Candidate {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Event event;
    private @Nullable JsonNode payload;
    private boolean parsed;

    /** Makes one of an event. */
    public Candidate(Event event) {
        this.event = event;
    }

    /** What it is made of. */
    public Event event() {
        return event;
    }

    /** The value of an attribute as text, or null if the event does not have it. */
    public @Nullable String text(String attribute) {
        if (attribute.equals("specversion")) {
            return "1.0";
        }
        Object value = event.attribute(attribute);
        return value == null ? null : value.toString();
    }

    /** The payload, or null if there is none or it is not JSON. */
    @Nullable
    JsonNode payload() {
        if (!parsed) {
            parsed = true;
            payload = parse();
        }
        return payload;
    }

    private @Nullable JsonNode parse() {
        byte[] data = event.data();
        if (data == null || data.length == 0 || !event.announcesJson()) {
            return null;
        }
        try {
            return JSON.readTree(data);
        } catch (JacksonException | NumberFormatException notJson) { // the latter of an exponent beyond BigDecimal's
            return null;
        }
    }
}
