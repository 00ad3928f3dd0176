package io.dispatch.eventmanager.filter;

import static io.dispatch.eventmanager.filter.FilterParser.was;

import io.dispatch.eventmanager.filter.DataFilter.Condition;
import io.dispatch.eventmanager.filter.DataFilter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Parses {@code {"pointer": "/vm/cpus", "gte": 4}}. */
final class DataFilterParser {
    /** How many values {@code in} may have. */
    static final int MAX_VALUES = 100;

    /** The longest pointer, in UTF-16 units. */
    private static final int MAX_POINTER = 1000;

    private DataFilterParser() {}

    static DataFilter parse(JsonNode json, String path) throws InvalidFilterException {
        if (!json.isObject()) {
            throw new InvalidFilterException(path, "should be an object with pointer and a condition" + was(json));
        }
        JsonNode pointer = json.path("pointer");
        if (!pointer.isString() || !isPointer(pointer.stringValue())) {
            throw new InvalidFilterException(
                    path + "/pointer",
                    "should be a JSON pointer (RFC 6901) of at most %d characters, such as /vm/cpus"
                                    .formatted(MAX_POINTER)
                            + (pointer.isMissingNode() ? ", but is absent" : was(pointer)));
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!member.getKey().equals("pointer")) {
                conditions.add(condition(member.getKey(), member.getValue(), path));
            }
        }
        if (conditions.isEmpty()) {
            throw new InvalidFilterException(
                    path, "should have a condition: exact, prefix, suffix, in, exists, gt, gte, lt or lte");
        }
        return new DataFilter(path, JsonPointer.compile(pointer.stringValue()), List.copyOf(conditions));
    }

    /** RFC 6901, section 3: empty, or each segment behind a slash; a tilde only as {@code ~0} or {@code ~1}. */
    private static boolean isPointer(String text) {
        boolean valid = text.length() <= MAX_POINTER && (text.isEmpty() || text.charAt(0) == '/');
        for (int at = text.indexOf('~'); at >= 0; at = text.indexOf('~', at + 1)) {
            valid &= text.startsWith("0", at + 1) || text.startsWith("1", at + 1);
        }
        return valid;
    }

    private static Condition condition(String name, JsonNode wanted, String path) throws InvalidFilterException {
        for (Operator operator : Operator.values()) {
            if (operator.name().toLowerCase(Locale.ROOT).equals(name)) {
                if (!fits(operator, wanted)) {
                    throw new InvalidFilterException(
                            path + "/" + name, "should be " + expected(operator) + was(wanted));
                }
                return new Condition(operator, name, wanted);
            }
        }
        throw new InvalidFilterException(
                path,
                "has the unknown condition \"%s\": exact, prefix, suffix, in, exists, gt, gte, lt or lte is expected"
                        .formatted(name));
    }

    private static boolean fits(Operator operator, JsonNode wanted) {
        return switch (operator) {
            case EXACT -> wanted.isValueNode();
            case PREFIX, SUFFIX -> wanted.isString() && !wanted.stringValue().isEmpty();
            case IN ->
                wanted.isArray()
                        && !wanted.isEmpty()
                        && wanted.size() <= MAX_VALUES
                        && wanted.valueStream().allMatch(JsonNode::isValueNode);
            case EXISTS -> wanted.isBoolean();
            case GT, GTE, LT, LTE -> wanted.isNumber();
        };
    }

    private static String expected(Operator operator) {
        return switch (operator) {
            case EXACT -> "a string, a number, true, false or null";
            case PREFIX, SUFFIX -> "a string that is not empty";
            case IN -> "an array of 1 to %d strings, numbers, true, false or null".formatted(MAX_VALUES);
            case EXISTS -> "true or false";
            case GT, GTE, LT, LTE -> "a number";
        };
    }
}
