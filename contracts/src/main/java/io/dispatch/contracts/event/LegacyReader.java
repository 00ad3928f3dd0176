package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads the emission of a client of the 0.1 dialect: flat, as the original's client sends it, or wrapped in {@code
 * {"event":{…}}}, as its guide shows it, the guide's trailing comma included. Field names may be in any case, unknown fields are
 * ignored, null is as good as absent. Safe for use by many threads.
 */
public final class LegacyReader {
    private static final JsonFactory LENIENT =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    private static final Set<String> TEXTS = Set.of(
            "eventtype",
            "eventtypeversion",
            "cloudeventsversion",
            "source",
            "eventid",
            "eventtime",
            "schemaurl",
            "contenttype",
            "id");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> extensions = new LinkedHashMap<>();
    private boolean extensionsSent;
    private @Nullable String data;
    private @Nullable String emittedTime;
    private @Nullable String tags;

    private LegacyReader() {}

    /**
     * Reads one emission.
     *
     * @throws InvalidEventException if it is none: with a code for what breaks the schema, without for the rest
     */
    public static LegacyEmission read(byte[] body) {
        try {
            return read(JsonSource.STRICT, body);
        } catch (JacksonException notJson) {
            return readLeniently(body, notJson);
        }
    }

    /** A trailing comma may end an object of the event's own, but never one within the payload, which is passed on as it is. */
    private static LegacyEmission readLeniently(byte[] body, JacksonException notJson) {
        try {
            LegacyEmission emission = read(LENIENT, body);
            boolean sound = isJson(emission.event().data())
                    && isJson(emission.tags())
                    && emission.event().extensions().values().stream().allMatch(LegacyReader::isJson);
            if (sound) {
                return emission;
            }
        } catch (JacksonException stillNotJson) {
            throw JsonSource.explained(stillNotJson);
        }
        throw JsonSource.explained(notJson);
    }

    private static boolean isJson(@Nullable String text) {
        return text == null || JsonSource.isJson(text.getBytes(UTF_8));
    }

    private static LegacyEmission read(JsonFactory factory, byte[] body) {
        try (JsonSource source = JsonSource.of(factory, body)) {
            if (source.parser().nextToken() != JsonToken.START_OBJECT) {
                throw InvalidEventException.of("body must be a JSON object: one event, flat or in \"event\"");
            }
            LegacyReader flat = new LegacyReader();
            LegacyReader wrapped = flat.readObject(source, true);
            source.expectEnd();
            if (wrapped == null || flat.texts.containsKey("eventtype")) {
                return flat.emission();
            }
            wrapped.emittedTime = wrapped.emittedTime == null ? flat.emittedTime : wrapped.emittedTime;
            wrapped.tags = wrapped.tags == null ? flat.tags : wrapped.tags;
            return wrapped.emission();
        }
    }

    /** Reads the members of the object that has begun; returns the reader of the event within it, if there is one. */
    private @Nullable LegacyReader readObject(JsonSource source, boolean mayWrap) {
        JsonParser parser = source.parser();
        LegacyReader wrapped = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            String field = name.toLowerCase(Locale.ROOT);
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            if (TEXTS.contains(field)) {
                readText(parser, name, field);
            } else if (mayWrap && field.equals("event") && token == JsonToken.START_OBJECT) {
                wrapped = new LegacyReader();
                wrapped.readObject(source, false);
            } else {
                readOther(source, name, field, token);
            }
        }
        return wrapped;
    }

    private void readText(JsonParser parser, String name, String field) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw InvalidEventException.of(name, "body", "must be a string", null);
        }
        String text = parser.getString();
        if (!AttributeRules.isUnicode(text)) {
            throw InvalidEventException.of(name, "body", "must not hold half surrogate pairs", null);
        }
        if (texts.put(field, text) != null) {
            throw InvalidEventException.of(name, "body", "must be there only once", null);
        }
    }

    private void readOther(JsonSource source, String name, String field, JsonToken token) {
        switch (field) {
            case "data" -> data = source.cutText();
            case "extensions" -> {
                expect(token == JsonToken.START_OBJECT, name, "must be an object");
                extensionsSent = true;
                JsonParser parser = source.parser();
                for (String member = parser.nextName(); member != null; member = parser.nextName()) {
                    parser.nextToken();
                    extensions.put(member, JsonText.compact(source.cutText()));
                }
            }
            case "emitted-time" -> {
                expect(token.isNumeric(), name, "must be a number");
                emittedTime = source.cutText();
            }
            case "tags" -> {
                expect(token == JsonToken.START_ARRAY, name, "must be an array");
                tags = JsonText.compact(source.cutText());
            }
            default -> source.parser().skipChildren();
        }
    }

    private static void expect(boolean holds, String field, String rule) {
        if (!holds) {
            throw InvalidEventException.of(field, "body", rule, null);
        }
    }

    private LegacyEmission emission() {
        LegacyRules.checkSchema(texts);
        LegacyRules.checkTags(tags);
        LegacyRules.checkMeaning(texts, extensionsSent && extensions.isEmpty());
        LegacyEvent event = new LegacyEvent(
                texts.getOrDefault("eventtype", ""),
                optional("eventtypeversion"),
                texts.getOrDefault("source", ""),
                texts.getOrDefault("eventid", ""),
                optional("eventtime"),
                optional("schemaurl"),
                optional("contenttype"),
                extensions,
                data);
        return new LegacyEmission(event, optional("id"), emittedTime, tags);
    }

    private @Nullable String optional(String field) {
        String text = texts.get(field);
        return text == null || text.isEmpty() ? null : text;
    }
}
