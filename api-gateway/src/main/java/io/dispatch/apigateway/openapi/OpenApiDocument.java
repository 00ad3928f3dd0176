package io.dispatch.apigateway.openapi;

import io.dispatch.apigateway.route.Access;
import io.dispatch.apigateway.route.Owner;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI 3.1 document of what the gateway serves, merged from those that the build keeps of each service. What only the
 * gateway knows is added: the credential, the organization's header, and that all of it is at one address.
 */
final class OpenApiDocument {

    private static final String BEARER = "bearer";
    private static final String ORGANIZATION = "Organization";
    private static final List<Owner> SERVICES = List.of(Owner.values());

    private final JsonMapper json;

    OpenApiDocument(JsonMapper json) {
        this.json = json;
    }

    /**
     * The document.
     *
     * @throws IllegalStateException if two services describe different things under one name
     */
    ObjectNode merged() {
        ObjectNode merged = json.createObjectNode();
        merged.put("openapi", "3.1.0");
        merged.putObject("info")
                .put("title", "Dispatch")
                .put("version", "v1")
                .put("description", "Events come in; subscriptions say which of them go to which function.");
        merged.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = merged.putObject("paths");
        ObjectNode components = merged.putObject("components");
        SERVICES.forEach(service -> add(read(service), paths, components));
        describeCallers(components);
        paths.properties().forEach(path -> describeAccess(path.getKey(), path.getValue()));
        return merged;
    }

    private JsonNode read(Owner service) {
        var resource = new ClassPathResource("openapi/%s.json".formatted(service.service()));
        try (InputStream in = resource.getInputStream()) {
            return json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("%s is not described".formatted(service.service()), e);
        }
    }

    private static void add(JsonNode document, ObjectNode paths, ObjectNode components) {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (route(path.getKey()).isPresent()) {
                path.getValue().properties().forEach(operation -> put(paths, path.getKey(), operation));
            }
        }
        for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
            kind.getValue().properties().forEach(named -> put(components, kind.getKey(), named));
        }
    }

    private static void put(ObjectNode parent, String where, Map.Entry<String, JsonNode> named) {
        JsonNode target = parent.path(where);
        ObjectNode members = target.isObject() ? (ObjectNode) target : parent.putObject(where);
        JsonNode other = members.get(named.getKey());
        if (other != null && !other.equals(named.getValue())) {
            throw new IllegalStateException(
                    "%s of %s is described in two ways by two services".formatted(named.getKey(), where));
        }
        members.set(named.getKey(), named.getValue());
    }

    private static void describeCallers(ObjectNode components) {
        components
                .putObject("securitySchemes")
                .putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A JWT signed by a service account, or a driver's token.");
        components
                .putObject("parameters")
                .putObject(ORGANIZATION)
                .put("name", "X-Dispatch-Org")
                .put("in", "header")
                .put("description", "The organization that the request is about.")
                .putObject("schema")
                .put("type", "string");
    }

    private static void describeAccess(String path, JsonNode methods) {
        Access access = route(path).map(Route::access).orElse(Access.OPEN);
        for (JsonNode method : methods.values()) {
            ObjectNode operation = (ObjectNode) method;
            if (access == Access.OPEN) {
                operation.putArray("security");
                continue;
            }
            operation.putArray("security").addObject().putArray(BEARER);
            if (access != Access.DRIVER) {
                operation.withArray("parameters").addObject().put("$ref", "#/components/parameters/" + ORGANIZATION);
            }
        }
    }

    /** The route that a template describes; what services tell each other, or about themselves, is none. */
    private static Optional<Route> route(String template) {
        return Routes.ALL.stream()
                .filter(route -> form(route.template()).equals(form(template)))
                .findFirst();
    }

    /** A path is the same whatever its variables are called, and with or without a trailing slash. */
    static String form(String template) {
        String form = template.replaceAll("\\{[^/]*}", "{}");
        return form.length() > 1 && form.endsWith("/") ? form.substring(0, form.length() - 1) : form;
    }
}
