package io.dispatch.cli.resource;

import io.dispatch.cli.json.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a server's object already is what a document wants, so that applying it twice changes nothing. */
public final class Sameness {

    /** What only a server says. */
    private static final Set<String> OBSERVED = Set.of(
            "kind",
            "id",
            "faasid",
            "status",
            "reason",
            "url",
            "functionimageurl",
            "createdtime",
            "modifiedtime",
            "created-time",
            "modified-time");

    private Sameness() {}

    /** Compares what a client may say; absent, null, empty, false and 0 are the same. */
    public static boolean isSame(Kind kind, JsonNode wanted, JsonNode existing) {
        return comparable(kind, wanted).equals(comparable(kind, existing));
    }

    private static Map<String, Object> comparable(Kind kind, JsonNode object) {
        Map<String, Object> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            Object value = value(name, field.getValue());
            if (value != null && !isObserved(kind, name)) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static boolean isObserved(Kind kind, String name) {
        return OBSERVED.contains(name)
                || (kind == Kind.DRIVER && name.equals("expose"))
                || (kind == Kind.IMAGE && (name.equals("dockerurl") || name.equals("language")));
    }

    private static @Nullable Object value(String name, JsonNode value) {
        if (value.isNull()
                || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.asString("").isEmpty())) {
            return null;
        }
        if ((value.isBoolean() && !value.asBoolean())
                || (value.isNumber() && value.decimalValue().signum() == 0)) {
            return null;
        }
        if (name.equals("tags") || name.equals("config")) {
            return pairs(value);
        }
        return value.isObject() ? withoutNulls(value) : value;
    }

    private static Map<String, Object> withoutNulls(JsonNode object) {
        Map<String, Object> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue());
            }
        }
        return fields;
    }

    /** They are maps at the server: the last of a key wins, and no order is kept. */
    private static Map<String, String> pairs(JsonNode list) {
        Map<String, String> pairs = new TreeMap<>();
        for (JsonNode pair : list.values()) {
            pairs.put(Json.text(pair, "key"), Json.text(pair, "value"));
        }
        return pairs;
    }
}
