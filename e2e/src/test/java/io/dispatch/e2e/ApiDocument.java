package io.dispatch.e2e;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a running product: what may be asked, and what an answer must look like. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    ApiDocument(JsonNode document) {
        this.document = document;
    }

    /**
     * One method of one path.
     *
     * @param method in capitals
     * @param path with its parameters in braces
     * @param description the operation object
     */
    record Operation(String method, String path, JsonNode description) {

        /** Names of the parameters that go there: {@code path}, {@code query} or {@code header}. */
        List<String> parameters(String in) {
            List<String> names = new ArrayList<>();
            for (JsonNode parameter : description.path("parameters")) {
                if (parameter.path("in").asString("").equals(in)) {
                    names.add(parameter.path("name").asString(""));
                }
            }
            return names;
        }

        /** The schema of a JSON body, if it takes one. */
        Optional<JsonNode> body() {
            JsonNode schema = description.at("/requestBody/content/application~1json/schema");
            return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
        }

        /** Whether its answer has no end. */
        boolean isStream() {
            JsonNode content = description.at("/responses/200/content");
            return content.size() == 1 && content.has("text/event-stream");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, description) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, description));
                    }
                }));
        return operations;
    }

    /** A schema by its reference within the document; others are given back as they are. */
    JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    /** What is wrong with an answer, empty if it is one that the document tells of. */
    List<String> complaints(Operation operation, int status, String contentType, String body) {
        JsonNode responses = operation.description().path("responses");
        JsonNode response = responses.path(Integer.toString(status));
        if (response.isMissingNode() && status >= 400) {
            response = responses.path("default");
        }
        if (response.isMissingNode()) {
            return List.of("status %d is not documented".formatted(status));
        }
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (schema.isMissingNode()) {
            return List.of();
        }
        if (!contentType.startsWith("application/json") && !contentType.startsWith("application/problem+json")) {
            return List.of("content type is %s".formatted(contentType));
        }
        return validator(schema).validate(body, InputFormat.JSON).stream()
                .map(error -> error.toString())
                .toList();
    }

    private Schema validator(JsonNode schema) {
        ObjectNode whole = Product.JSON.createObjectNode();
        whole.set("allOf", Product.JSON.createArrayNode().add(schema));
        whole.set("components", document.path("components"));
        return schemas.getSchema(whole);
    }
}
