package io.dispatch.cli.resource;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.WireTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param heading in capitals
 * @param wide whether it is shown with {@code -o wide} only
 * @param cell the text of an object's cell, given the zone of whoever looks
 */
record Column(String heading, boolean wide, BiFunction<JsonNode, ZoneId, String> cell) {

    private static final String CREATED = "CREATED DATE";

    /** The columns of contract section 12.4, and behind them those of {@code -o wide}. */
    static List<Column> of(Kind kind) {
        return switch (kind) {
            case SUBSCRIPTION ->
                List.of(
                        text("NAME", "name"),
                        text("EVENT TYPE", "eventType"),
                        text("FUNCTION NAME", "function"),
                        text("STATUS", "status"),
                        time(CREATED, "createdTime"),
                        wide("SECRETS", object -> String.join(", ", Json.texts(object, "secrets"))),
                        tags());
            case DRIVER ->
                List.of(
                        text("NAME", "name"),
                        text("TYPE", "type"),
                        text("STATUS", "status"),
                        narrow("SECRETS", object -> String.join(",", Json.texts(object, "secrets"))),
                        narrow("CONFIG", object -> pairs(object, "config", "\n")),
                        text("URL", "url"),
                        narrow("REASON", object -> String.join(", ", Json.texts(object, "reason"))),
                        new Column(CREATED, true, time("created-time")),
                        tags());
            case DRIVER_TYPE ->
                List.of(
                        text("NAME", "name"),
                        text("IMAGE", "image"),
                        narrow(
                                "EXPOSE",
                                object -> Boolean.toString(object.path("expose").asBoolean(false))),
                        new Column(CREATED, true, time("created-time")),
                        tags());
            case SECRET ->
                List.of(
                        text("ID", "id"),
                        text("NAME", "name"),
                        narrow("CONTENT", _ -> "<hidden>"),
                        wide(
                                "KEYS",
                                object ->
                                        String.join(", ", object.path("secrets").propertyNames())),
                        tags());
            case FUNCTION ->
                List.of(
                        text("NAME", "name"),
                        narrow("FUNCTIONIMAGE", Column::functionImage),
                        text("STATUS", "status"),
                        time(CREATED, "createdTime"),
                        wide("SECRETS", object -> String.join(", ", Json.texts(object, "secrets"))),
                        wide("REASON", object -> String.join(", ", Json.texts(object, "reason"))),
                        tags());
            case IMAGE ->
                List.of(
                        text("NAME", "name"),
                        text("URL", "dockerUrl"),
                        text("BASEIMAGE", "baseImageName"),
                        text("STATUS", "status"),
                        time(CREATED, "createdTime"));
            case BASE_IMAGE ->
                List.of(
                        text("NAME", "name"),
                        text("URL", "dockerUrl"),
                        text("LANGUAGE", "language"),
                        text("STATUS", "status"),
                        time(CREATED, "createdTime"));
            case POLICY ->
                List.of(
                        text("NAME", "name"),
                        narrow(
                                "GLOBAL",
                                object -> Boolean.toString(object.path("global").asBoolean(false))),
                        time(CREATED, "createdTime"),
                        wide("RULES", Column::rules));
            case SERVICE_ACCOUNT, ORGANIZATION, API -> List.of(text("NAME", "name"), time(CREATED, "createdTime"));
        };
    }

    private static Column text(String heading, String field) {
        return narrow(heading, object -> Json.text(object, field));
    }

    private static Column time(String heading, String field) {
        return new Column(heading, false, time(field));
    }

    private static BiFunction<JsonNode, ZoneId, String> time(String field) {
        return (object, zone) -> WireTime.show(Json.number(object, field), zone);
    }

    private static Column narrow(String heading, java.util.function.Function<JsonNode, String> cell) {
        return new Column(heading, false, (object, _) -> cell.apply(object));
    }

    private static Column wide(String heading, java.util.function.Function<JsonNode, String> cell) {
        return new Column(heading, true, (object, _) -> cell.apply(object));
    }

    private static Column tags() {
        return wide("TAGS", object -> pairs(object, "tags", ", "));
    }

    /** A list of {@code {key, value}} as {@code key=value}, or {@code key} where the value is empty. */
    private static String pairs(JsonNode object, String field, String separator) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode pair : object.path(field).values()) {
            String value = Json.text(pair, "value");
            pairs.add(Json.text(pair, "key") + (value.isEmpty() ? "" : "=" + value));
        }
        return String.join(separator, pairs);
    }

    /** Where a function's code is: the original has an image of each, here it may be an address or a program too. */
    private static String functionImage(JsonNode function) {
        for (String field : List.of("functionImageURL", "endpoint", "image")) {
            if (!Json.text(function, field).isEmpty()) {
                return Json.text(function, field);
            }
        }
        return String.join(" ", Json.texts(function, "command"));
    }

    private static String rules(JsonNode policy) {
        List<String> rules = new ArrayList<>();
        for (JsonNode rule : policy.path("rules").values()) {
            rules.add("%s: %s on %s"
                    .formatted(
                            String.join(", ", Json.texts(rule, "subjects")),
                            String.join(", ", Json.texts(rule, "actions")),
                            String.join(", ", Json.texts(rule, "resources"))));
        }
        return String.join("\n", rules);
    }
}
