package io.dispatch.e2e;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as a careless or hostile client sends it: mostly what a schema asks for, here and there something else. */
final class JsonArbitraries {

    private static final int DEEPEST = 4;

    private final ApiDocument api;

    JsonArbitraries(ApiDocument api) {
        this.api = api;
    }

    /** Bodies for a schema, a character for each byte; some are cut off or have a byte that does not belong there. */
    Arbitrary<String> bodies(JsonNode schema) {
        Arbitrary<String> texts = Arbitraries.frequencyOf(Tuple.of(8, values(schema, 0)), Tuple.of(1, anything(0)))
                .map(value ->
                        new String(value.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        return Arbitraries.frequencyOf(
                Tuple.of(9, texts),
                Tuple.of(1, texts.flatMap(text -> positions(text).map(end -> text.substring(0, end)))),
                Tuple.of(1, texts.flatMap(JsonArbitraries::damaged)));
    }

    private static Arbitrary<Integer> positions(String text) {
        return Arbitraries.integers().between(0, text.length());
    }

    private static Arbitrary<String> damaged(String whole) {
        return Combinators.combine(positions(whole), Arbitraries.chars().range((char) 0, (char) 255))
                .as((position, odd) -> whole.substring(0, position) + odd + whole.substring(position));
    }

    private Arbitrary<JsonNode> values(JsonNode given, int depth) {
        JsonNode schema = api.resolve(given);
        if (depth > DEEPEST) {
            return Arbitraries.just(Product.JSON.nullNode());
        }
        if (schema.has("enum")) {
            return Arbitraries.of(new ArrayList<>(schema.path("enum").values()));
        }
        if (schema.has("anyOf")) {
            return values(schema.path("anyOf").get(0), depth);
        }
        return switch (type(schema)) {
            case "object" -> objects(schema, depth);
            case "array" ->
                values(schema.path("items"), depth + 1).list().ofMaxSize(3).map(JsonArbitraries::array);
            case "string" -> strings().map(Product.JSON::valueToTree);
            case "integer" -> Arbitraries.longs().map(Product.JSON::valueToTree);
            case "number" ->
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-1e9), BigDecimal.valueOf(1e9))
                        .map(Product.JSON::valueToTree);
            case "boolean" -> Arbitraries.of(true, false).map(Product.JSON::valueToTree);
            default -> anything(depth);
        };
    }

    /** The first that is not null of the types of a schema. */
    private static String type(JsonNode schema) {
        JsonNode types = schema.path("type");
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (!type.asString("").equals("null")) {
                    return type.asString("");
                }
            }
        }
        return types.asString("");
    }

    private Arbitrary<JsonNode> objects(JsonNode schema, int depth) {
        List<String> names = new ArrayList<>(schema.path("properties").propertyNames());
        Arbitrary<List<JsonNode>> members = Combinators.combine(names.stream()
                        .map(name -> member(schema.path("properties").path(name), depth))
                        .toList())
                .as(values -> values);
        return members.map(values -> {
            ObjectNode object = Product.JSON.createObjectNode();
            for (int i = 0; i < names.size(); i++) {
                if (!values.get(i).isMissingNode()) {
                    object.set(names.get(i), values.get(i));
                }
            }
            return object;
        });
    }

    private Arbitrary<JsonNode> member(JsonNode schema, int depth) {
        return Arbitraries.frequencyOf(
                Tuple.of(12, values(schema, depth + 1)),
                Tuple.of(6, Arbitraries.just(Product.JSON.missingNode())),
                Tuple.of(1, Arbitraries.just(Product.JSON.nullNode())),
                Tuple.of(1, anything(depth + 1)));
    }

    private static Arbitrary<JsonNode> anything(int depth) {
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(
                Arbitraries.just(Product.JSON.nullNode()),
                Arbitraries.of(true, false).map(Product.JSON::valueToTree),
                Arbitraries.doubles().map(Product.JSON::valueToTree),
                strings().map(Product.JSON::valueToTree));
        if (depth >= DEEPEST) {
            return leaves;
        }
        Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> anything(depth + 1));
        return Arbitraries.frequencyOf(
                Tuple.of(4, leaves),
                Tuple.of(1, inner.list().ofMaxSize(3).map(JsonArbitraries::array)),
                Tuple.of(1, Arbitraries.maps(strings(), inner).ofMaxSize(3).map(JsonArbitraries::object)));
    }

    private static JsonNode array(List<JsonNode> values) {
        ArrayNode array = Product.JSON.createArrayNode();
        values.forEach(array::add);
        return array;
    }

    private static JsonNode object(Map<String, JsonNode> members) {
        ObjectNode object = Product.JSON.createObjectNode();
        members.forEach(object::set);
        return object;
    }

    /** Names, types, addresses, and what nobody has thought of. */
    static Arbitrary<String> strings() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(8)
                                .ofMaxLength(20)),
                Tuple.of(
                        2,
                        Arbitraries.of("0.1", "1.0", "order.paid", "http://127.0.0.1:1/", "2018-11-30T09:15:00Z", "")),
                Tuple.of(2, Arbitraries.strings().ofMaxLength(40)),
                Tuple.of(1, Arbitraries.strings().ascii().ofMinLength(100).ofMaxLength(400)));
    }
}
