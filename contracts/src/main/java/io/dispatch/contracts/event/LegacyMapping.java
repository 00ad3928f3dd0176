package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an event of the platform's first dialect becomes CloudEvents 1.0, and any event one of that dialect. */
final class LegacyMapping {
    private static final String VERSION = "cloudEventsVersion";
    private static final String TYPE_VERSION = "eventtypeversion";

    /** Names that mean something else in 1.0, so that an extension of this name has to go into the leftovers. */
    private static final Set<String> TAKEN = Set.of(
            "id",
            "source",
            "type",
            "specversion",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            TYPE_VERSION,
            Event.LEGACY);

    private LegacyMapping() {}

    static Event toEvent(LegacyEvent legacy) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Leftovers leftovers = new Leftovers(VERSION, LegacyEvent.VERSION);
        attributes.put("type", legacy.eventType());
        put(attributes, leftovers, TYPE_VERSION, "eventTypeVersion", legacy.eventTypeVersion());
        attributes.put("source", encodedWhenBroken(leftovers, "source", "source", legacy.source()));
        attributes.put("id", encodedWhenBroken(leftovers, "id", "eventID", legacy.eventID()));
        put(attributes, leftovers, "time", "eventTime", legacy.eventTime());
        put(attributes, leftovers, "dataschema", "schemaURL", legacy.schemaURL());
        contentType(attributes, leftovers, legacy);
        legacy.extensions().forEach((name, json) -> {
            Object value = TAKEN.contains(name) || !AttributeRules.isName(name) ? null : attributeValue(name, json);
            if (value == null) {
                leftovers.extensions.put(name, json);
            } else {
                attributes.put(name, value);
            }
        });
        String rest = leftovers.toJson();
        if (rest != null) {
            attributes.put(Event.LEGACY, rest);
        }
        return Event.of(attributes, legacy.data() == null ? null : legacy.data().getBytes(UTF_8));
    }

    static LegacyEvent of(Event event) {
        Leftovers read = Leftovers.of(event.attribute(Event.LEGACY), VERSION, LegacyEvent.VERSION);
        Leftovers leftovers = read == null ? new Leftovers(VERSION, LegacyEvent.VERSION) : read;
        Map<String, String> extensions = new LinkedHashMap<>();
        event.attributes().forEach((name, value) -> {
            boolean known = (Event.isCore(name) && !name.equals("subject")) || name.equals(TYPE_VERSION);
            if (!known && !(name.equals(Event.LEGACY) && read != null)) {
                extensions.put(name, value instanceof String text ? Leftovers.quote(text) : value.toString());
            }
        });
        String contentType = event.dataContentType();
        String data = payload(event, extensions);
        Object typeVersion = event.attribute(TYPE_VERSION);
        extensions.putAll(leftovers.extensions);
        return new LegacyEvent(
                event.type(),
                leftovers.or("eventTypeVersion", typeVersion == null ? null : typeVersion.toString()),
                leftovers.unencoded("source", event.source()),
                leftovers.unencoded("eventID", event.id()),
                event.time(),
                leftovers.or("schemaURL", event.dataSchema()),
                leftovers.or("contentType", contentType),
                extensions,
                data);
    }

    /** Data of this dialect is always JSON, whatever {@code contentType} says; 1.0 has to tell the truth. */
    private static void contentType(Map<String, Object> attributes, Leftovers leftovers, LegacyEvent legacy) {
        String contentType = legacy.contentType();
        if (legacy.data() != null && (contentType == null || !MediaTypes.isJson(contentType))) {
            attributes.put("datacontenttype", MediaTypes.JSON);
            if (contentType != null) {
                leftovers.texts.put("contentType", contentType);
            }
        } else {
            put(attributes, leftovers, "datacontenttype", "contentType", contentType);
        }
    }

    private static void put(
            Map<String, Object> attributes,
            Leftovers leftovers,
            String name,
            String legacyName,
            @Nullable String value) {
        if (value == null) {
            return;
        }
        if (AttributeRules.brokenRule(name, value) == null) {
            attributes.put(name, value);
        } else {
            leftovers.texts.put(legacyName, value);
        }
    }

    private static String encodedWhenBroken(Leftovers leftovers, String name, String legacyName, String value) {
        if (AttributeRules.brokenRule(name, value) == null) {
            return value;
        }
        leftovers.texts.put(legacyName, value);
        return UriReference.encode(value);
    }

    /** A value that 1.0 can carry as it is, or null. */
    private static @Nullable Object attributeValue(String name, String json) {
        if (name.equals("subject") && !json.startsWith("\"")) {
            return null;
        }
        if (json.equals("true") || json.equals("false")) {
            return Boolean.valueOf(json);
        }
        if (json.startsWith("\"")) {
            String text = Leftovers.text(json);
            return AttributeRules.brokenRule(name, text) == null ? text : null;
        }
        try {
            Integer number = Integer.valueOf(json);
            return number.toString().equals(json) ? number : null;
        } catch (NumberFormatException notAnInteger) {
            return null;
        }
    }

    private static @Nullable String payload(Event event, Map<String, String> extensions) {
        byte[] data = event.data();
        if (data == null) {
            return null;
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException binary) {
            extensions.putIfAbsent("datacontentencoding", "\"base64\"");
            return Leftovers.quote(Base64.getEncoder().encodeToString(data));
        }
        String contentType = event.dataContentType();
        return (contentType == null || MediaTypes.isJson(contentType)) && JsonSource.isJson(data)
                ? text
                : Leftovers.quote(text);
    }
}
