package io.dispatch.contracts.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/** What an older version said and 1.0 has no place for: texts by their old field, and extensions as JSON text. */
final class Leftovers {
    final Map<String, String> texts = new LinkedHashMap<>();
    final Map<String, String> extensions = new LinkedHashMap<>();

    /**
     * @param field the field by which the older version says which it is
     * @param version the older version
     */
    Leftovers(String field, String version) {
        texts.put(field, version);
    }

    /** Reads what {@link #toJson} wrote of the same version; null if the value is anybody else's. */
    static @Nullable Leftovers of(@Nullable Object value, String field, String version) {
        if (!(value instanceof String json)) {
            return null;
        }
        Leftovers leftovers = new Leftovers(field, "");
        try (JsonSource source = JsonSource.of(json)) {
            if (source.parser().nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = source.parser().nextName();
                    name != null;
                    name = source.parser().nextName()) {
                JsonToken token = source.parser().nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    leftovers.texts.put(name, source.parser().getString());
                } else if (token == JsonToken.START_OBJECT && name.equals("extensions")) {
                    leftovers.readExtensions(source);
                } else {
                    return null;
                }
            }
            boolean ours = version.equals(leftovers.texts.remove(field));
            return ours && source.parser().nextToken() == null ? leftovers : null;
        } catch (JacksonException notOurs) {
            return null;
        }
    }

    private void readExtensions(JsonSource source) {
        for (String name = source.parser().nextName();
                name != null;
                name = source.parser().nextName()) {
            source.parser().nextToken();
            extensions.put(name, source.cutText());
        }
    }

    @Nullable
    String or(String field, @Nullable String value) {
        return texts.getOrDefault(field, value);
    }

    /** The free text that was percent-encoded, unless somebody has changed the attribute since. */
    String unencoded(String field, String value) {
        String text = texts.get(field);
        return text != null && UriReference.encode(text).equals(value) ? text : value;
    }

    @Nullable
    String toJson() {
        if (texts.size() == 1 && extensions.isEmpty()) {
            return null;
        }
        StringBuilder json = new StringBuilder("{");
        texts.forEach((field, text) -> append(json, field, quote(text)));
        if (!extensions.isEmpty()) {
            StringBuilder members = new StringBuilder("{");
            extensions.forEach((name, value) -> append(members, name, value));
            append(json, "extensions", members.append('}').toString());
        }
        return json.append('}').toString();
    }

    /** In ASCII, so that whatever the text holds can be the value of an attribute. */
    private static void append(StringBuilder json, String name, String value) {
        String member = (json.length() > 1 ? "," : "") + quote(name) + ":" + value;
        member.chars().forEach(c -> {
            if (c < 0x7f) {
                json.append((char) c);
            } else {
                json.append(String.format("\\u%04x", c));
            }
        });
    }

    static String text(String json) {
        try (JsonSource source = JsonSource.of(json)) {
            source.parser().nextToken();
            return Objects.requireNonNull(source.parser().getString());
        }
    }

    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
