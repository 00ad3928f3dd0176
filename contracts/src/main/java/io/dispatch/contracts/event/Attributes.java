package io.dispatch.contracts.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context attributes of one event while it is read: collected first, since {@code specversion} may come last, then checked
 * by the rules of their version and turned into those of 1.0.
 */
final class Attributes {
    private static final String[] REQUIRED = {"id", "source", "type"};

    private final String in;
    private final String prefix;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Attributes(String in, String prefix) {
        this.in = in;
        this.prefix = prefix;
    }

    static Attributes ofBody() {
        return new Attributes("body", "");
    }

    static Attributes ofHeaders() {
        return new Attributes("header", "ce-");
    }

    /** A value of JSON that is no attribute value of 1.0: as its text. */
    record Json(String text) {}

    /** @param value a {@link String}, {@link Integer}, {@link Boolean} or {@link Json} */
    void put(String name, Object value) {
        if (values.putIfAbsent(name, value) != null) {
            throw broken(name, "must be there only once", null);
        }
    }

    @Nullable
    String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** Sets the media type that is not said but implied. */
    void implyContentType(String contentType) {
        values.putIfAbsent("datacontenttype", contentType);
    }

    boolean isVersion03() {
        return "0.3".equals(values.get("specversion"));
    }

    InvalidEventException broken(String name, String rule, @Nullable String value) {
        return InvalidEventException.of(prefix + name, in, rule, value);
    }

    Event toEvent(byte @Nullable [] data) {
        Object version = values.remove("specversion");
        if (version == null) {
            throw broken("specversion", "is required", null);
        }
        if (!version.equals("1.0") && !version.equals("0.3")) {
            throw broken("specversion", "must be 1.0 or 0.3", shown(version));
        }
        if (version.equals("0.3")) {
            Version03.toVersion10(values);
        }
        values.forEach(this::check);
        for (String name : REQUIRED) {
            if (!values.containsKey(name)) {
                throw broken(name, "is required", null);
            }
        }
        return Event.of(values, data);
    }

    private void check(String name, Object value) {
        if (!AttributeRules.isName(name) || name.equals("data")) {
            throw broken(name, "is no name of an attribute: lower-case letters and digits are expected", null);
        }
        boolean core = Event.isCore(name);
        if (value instanceof Json || (core && !(value instanceof String))) {
            throw broken(
                    name,
                    core ? "must be a string" : "must be a string, a boolean or an integer of 32 bits",
                    shown(value));
        }
        if (value instanceof String text) {
            String rule = AttributeRules.brokenRule(name, text);
            if (rule != null) {
                throw broken(name, rule, text);
            }
        }
    }

    private static String shown(Object value) {
        return value instanceof Json json ? json.text() : value.toString();
    }
}
