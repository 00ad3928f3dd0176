package io.dispatch.eventmanager.filter;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.eventmanager.cesql.Cesql;
import io.dispatch.eventmanager.cesql.InvalidExpressionException;
import io.dispatch.eventmanager.filter.AttributeTest.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Parses the filters of one subscription, counting what they may cost. */
final class FilterParser {
    /** The longest text of all filters, in UTF-16 units. */
    static final int MAX_LENGTH = 32_768;

    /** How many filter expressions there may be, nested ones included, each attribute counting as one. */
    static final int MAX_EXPRESSIONS = 100;

    /** How deeply expressions may be nested. */
    static final int MAX_DEPTH = 10;

    private static final Set<String> OF_ATTRIBUTES = Set.of("exact", "prefix", "suffix");
    private static final Set<String> DIALECTS = Set.of("exact", "prefix", "suffix", "all", "any", "not", "sql", "data");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");

    private int expressions;

    List<Filter> parse(String json) throws InvalidFilterException {
        if (json.length() > MAX_LENGTH) {
            throw new InvalidFilterException("/filters", "should be at most %d characters long".formatted(MAX_LENGTH));
        }
        JsonNode filters;
        try {
            filters = Candidate.JSON.readTree(json);
        } catch (JacksonException | NumberFormatException notJson) {
            throw new InvalidFilterException("/filters", "is not JSON that can be read: " + notJson.getMessage());
        }
        return list(filters, "/filters", 1);
    }

    private List<Filter> list(JsonNode array, String path, int depth) throws InvalidFilterException {
        if (!array.isArray()) {
            throw new InvalidFilterException(path, "should be an array of filter expressions" + was(array));
        }
        List<Filter> parts = new ArrayList<>();
        for (JsonNode part : array) {
            parts.add(filter(part, path + "/" + parts.size(), depth));
        }
        return List.copyOf(parts);
    }

    private Filter filter(JsonNode json, String path, int depth) throws InvalidFilterException {
        if (depth > MAX_DEPTH) {
            throw new InvalidFilterException(path, "is nested more than %d deep".formatted(MAX_DEPTH));
        }
        Map.Entry<String, JsonNode> only = only(json, path);
        String dialect = only.getKey();
        JsonNode value = only.getValue();
        String inner = path + "/" + dialect;
        if (!OF_ATTRIBUTES.contains(dialect)) {
            count(path);
        }
        return switch (dialect) {
            case "exact" -> attributes(value, Comparison.EXACT, inner);
            case "prefix" -> attributes(value, Comparison.PREFIX, inner);
            case "suffix" -> attributes(value, Comparison.SUFFIX, inner);
            case "all" -> new Filter.All(inner, atLeastOne(value, inner, depth));
            case "any" -> new Filter.Any(inner, atLeastOne(value, inner, depth));
            case "not" -> new Filter.Not(inner, filter(value, inner, depth + 1));
            case "sql" -> sql(value, inner);
            case "data" -> DataFilterParser.parse(value, inner);
            default -> throw new IllegalStateException(dialect + " is no dialect");
        };
    }

    /** The one dialect of an expression. */
    private static Map.Entry<String, JsonNode> only(JsonNode json, String path) throws InvalidFilterException {
        if (!json.isObject() || json.size() != 1) {
            throw new InvalidFilterException(
                    path,
                    "should be an object with one dialect, such as {\"exact\": {\"type\": \"order.paid\"}}"
                            + was(json));
        }
        Map.Entry<String, JsonNode> only = json.properties().iterator().next();
        if (!DIALECTS.contains(only.getKey())) {
            throw new InvalidFilterException(
                    path,
                    "has the unknown dialect \"%s\": exact, prefix, suffix, all, any, not, sql or data is expected"
                            .formatted(ErrorBody.shortened(only.getKey())));
        }
        return only;
    }

    private List<Filter> atLeastOne(JsonNode array, String path, int depth) throws InvalidFilterException {
        List<Filter> parts = list(array, path, depth + 1);
        if (parts.isEmpty()) {
            throw new InvalidFilterException(path, "should have at least one filter expression");
        }
        return parts;
    }

    private Filter attributes(JsonNode json, Comparison comparison, String path) throws InvalidFilterException {
        if (!json.isObject() || json.isEmpty()) {
            throw new InvalidFilterException(
                    path, "should be an object with at least one attribute and its value" + was(json));
        }
        List<Filter> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> attribute : json.properties()) {
            parts.add(attribute(attribute.getKey(), attribute.getValue(), comparison, path));
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.All(path, List.copyOf(parts));
    }

    private Filter attribute(String name, JsonNode value, Comparison comparison, String path)
            throws InvalidFilterException {
        count(path);
        if (!ATTRIBUTE.matcher(name).matches() || name.equals("data")) {
            throw new InvalidFilterException(
                    path,
                    "names \"%s\", which is no attribute: lower-case letters and digits are expected"
                            .formatted(ErrorBody.shortened(name)));
        }
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new InvalidFilterException(path + "/" + name, "should be a string that is not empty" + was(value));
        }
        return new Filter.Attribute(path + "/" + name, new AttributeTest(name, comparison, value.stringValue()));
    }

    private static Filter sql(JsonNode json, String path) throws InvalidFilterException {
        if (!json.isString()) {
            throw new InvalidFilterException(path, "should be a string" + was(json));
        }
        try {
            return new Filter.Sql(path, Cesql.parse(json.stringValue()));
        } catch (InvalidExpressionException invalid) {
            throw new InvalidFilterException(path, "is no CloudEvents SQL: " + invalid.getMessage());
        }
    }

    private void count(String path) throws InvalidFilterException {
        if (++expressions > MAX_EXPRESSIONS) {
            throw new InvalidFilterException(
                    path, "is one too many: at most %d filter expressions are allowed".formatted(MAX_EXPRESSIONS));
        }
    }

    /** What was sent instead, for the end of a sentence. */
    static String was(JsonNode json) {
        return ", but was " + ErrorBody.shortened(json.toString());
    }
}
