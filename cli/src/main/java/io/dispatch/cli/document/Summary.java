package io.dispatch.cli.document;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.resource.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code --json} prints behind the lines: all objects by kind, with the original's keys. */
final class Summary {

    private static final Map<Kind, String> KEYS = new EnumMap<>(Map.ofEntries(
            Map.entry(Kind.API, "api"),
            Map.entry(Kind.BASE_IMAGE, "baseImages"),
            Map.entry(Kind.IMAGE, "images"),
            Map.entry(Kind.DRIVER_TYPE, "driverTypes"),
            Map.entry(Kind.DRIVER, "drivers"),
            Map.entry(Kind.SUBSCRIPTION, "subscriptions"),
            Map.entry(Kind.FUNCTION, "functions"),
            Map.entry(Kind.SECRET, "secrets"),
            Map.entry(Kind.POLICY, "policies"),
            Map.entry(Kind.SERVICE_ACCOUNT, "serviceaccounts"),
            Map.entry(Kind.ORGANIZATION, "organizations")));
    private static final List<String> ORDER = List.of(
            "api",
            "baseImages",
            "images",
            "driverTypes",
            "drivers",
            "subscriptions",
            "functions",
            "secrets",
            "policies",
            "serviceInstances",
            "serviceaccounts",
            "organizations");

    private final ObjectNode byKey = Json.object();

    Summary() {
        ORDER.forEach(byKey::putNull);
    }

    void add(Kind kind, JsonNode object) {
        String key = KEYS.get(kind);
        if (key == null) {
            throw new IllegalArgumentException(kind + " has no key");
        }
        if (byKey.path(key).isNull()) {
            byKey.putArray(key);
        }
        byKey.withArrayProperty(key).add(object);
    }

    JsonNode json() {
        return byKey;
    }
}
