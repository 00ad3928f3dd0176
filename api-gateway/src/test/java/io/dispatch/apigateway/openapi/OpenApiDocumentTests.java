package io.dispatch.apigateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.apigateway.route.Access;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The merged document against the page of routes: each describes what the other has. */
class OpenApiDocumentTests {

    /** Pages for people, and what is answered with 501 only. */
    private static final Set<String> NOT_DESCRIBED = Set.of(
            "/docs",
            "/docs/**",
            "/v1/openapi.json",
            "/v1/iam/redirect",
            "/v1/iam/oauth2",
            "/v1/iam/oauth2/**",
            "/v1/api",
            "/v1/api/{apiName}");

    private final JsonNode document = new OpenApiDocument(JsonMapper.shared()).merged();

    @Test
    void everyRouteIsDescribedWithItsMethodsAndNothingElseIs() {
        List<String> routes = Routes.ALL.stream()
                .filter(route -> !NOT_DESCRIBED.contains(route.template()))
                .flatMap(route -> route.methods().stream()
                        .map(method ->
                                method.name().toLowerCase(Locale.ROOT) + " " + OpenApiDocument.form(route.template())))
                .toList();

        assertThat(operations().map(Operation::name)).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(operations()
                        .map(operation -> operation.node().path("operationId").asString()))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void whoNeedsACredentialSaysSo() {
        Set<String> open = Routes.ALL.stream()
                .filter(route -> route.access() == Access.OPEN)
                .map(Route::template)
                .collect(Collectors.toSet());

        assertThat(operations())
                .allSatisfy(operation -> assertThat(
                                operation.node().path("security").isEmpty())
                        .as(operation.name())
                        .isEqualTo(open.contains(operation.path())));
    }

    private Stream<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(path.getKey(), method.getKey(), method.getValue())));
    }

    private record Operation(String path, String method, JsonNode node) {
        String name() {
            return method + " " + OpenApiDocument.form(path);
        }
    }
}
