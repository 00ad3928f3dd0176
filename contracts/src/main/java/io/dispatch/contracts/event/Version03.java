package io.dispatch.contracts.event;

import io.dispatch.contracts.event.Attributes.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Context attributes of CloudEvents 0.3 as those of 1.0, and back. */
final class Version03 {
    private static final String SCHEMA_URL = "schemaurl";
    static final String ENCODING = "datacontentencoding";

    private Version03() {}

    /** Renames and moves what 1.0 calls differently or has no place for; the rules are checked afterwards. */
    static void toVersion10(Map<String, Object> attributes) {
        Map<String, Object> sent = new LinkedHashMap<>(attributes);
        Leftovers leftovers = new Leftovers("specversion", "0.3");
        attributes.clear();
        sent.forEach((name, value) -> {
            if (name.equals(SCHEMA_URL) && value instanceof String url) {
                if (UriReference.isAbsolute(url)) {
                    attributes.put("dataschema", url);
                } else {
                    leftovers.texts.put(SCHEMA_URL, url);
                }
            } else if (name.equals(ENCODING) && value instanceof String encoding) {
                leftovers.texts.put(ENCODING, encoding);
            } else if (value instanceof Json json && !Event.isCore(name)) {
                leftovers.extensions.put(name, json.text());
            } else {
                attributes.put(name, value);
            }
        });
        String rest = leftovers.toJson();
        if (rest != null) {
            attributes.put(Event.LEGACY, rest);
        }
    }

    /** Whether the data was sent in base64, by the attribute's one value that the specification defines. */
    static boolean isBase64(Attributes attributes) {
        String encoding = attributes.text(ENCODING);
        if (!attributes.isVersion03() || encoding == null) {
            return false;
        }
        if (!encoding.equalsIgnoreCase("base64")) {
            throw attributes.broken(ENCODING, "must be base64", encoding);
        }
        return true;
    }

    /** The attributes of an event as 0.3 has them, {@code specversion} aside; what came as 0.3 comes back as it was. */
    static Map<String, Object> ofVersion10(Event event) {
        Leftovers leftovers = Leftovers.of(event.attribute(Event.LEGACY), "specversion", "0.3");
        Map<String, Object> attributes = new LinkedHashMap<>();
        event.attributes().forEach((name, value) -> {
            if (name.equals("dataschema")) {
                attributes.put(SCHEMA_URL, value);
            } else if (!(name.equals(Event.LEGACY) && leftovers != null)) {
                attributes.put(name, value);
            }
        });
        if (leftovers != null) {
            attributes.putAll(leftovers.texts);
            leftovers.extensions.forEach((name, json) -> attributes.put(name, new Json(json)));
        }
        return attributes;
    }
}
