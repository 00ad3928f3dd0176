package io.dispatch.apigateway.route;

import static io.dispatch.apigateway.route.Access.AUTHENTICATED;
import static io.dispatch.apigateway.route.Access.DRIVER;
import static io.dispatch.apigateway.route.Access.OPEN;
import static io.dispatch.apigateway.route.Access.POLICY_OR_OWN_DRIVER;
import static io.dispatch.apigateway.route.Owner.DRIVER_MANAGER;
import static io.dispatch.apigateway.route.Owner.EVENT_MANAGER;
import static io.dispatch.apigateway.route.Owner.FUNCTION_INVOKER;
import static io.dispatch.apigateway.route.Owner.GATEWAY;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.dispatch.http.ApiException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/** Every public route. What is not here does not exist. */
public final class Routes {

    /** Where accounts emit. */
    public static final String EMIT = "/v1/event";

    /** Where drivers emit. */
    private static final String INGEST = "/v1/event/ingest";

    /** The variable that names the driver whose state a path is about. */
    public static final String DRIVER_NAME = "driverName";

    /** All of them. */
    public static final List<Route> ALL = List.of(
            Route.of(EMIT, EVENT_MANAGER, POST).takingAnyContent(),
            Route.of(INGEST, EVENT_MANAGER, POST).takingAnyContent().access(DRIVER),
            Route.of("/v1/event/events", EVENT_MANAGER, GET),
            Route.of("/v1/event/events/{eventId}", FUNCTION_INVOKER, GET),
            Route.of("/v1/event/log", EVENT_MANAGER, GET, PUT),
            Route.of("/v1/event/stream", EVENT_MANAGER, GET),
            Route.of("/v1/event/types", EVENT_MANAGER, GET),
            Route.of("/v1/event/subscriptions", EVENT_MANAGER, GET, POST),
            Route.of("/v1/event/subscriptions/{subscriptionName}", EVENT_MANAGER, GET, PUT, DELETE),
            Route.of("/v1/event/subscriptions/{subscriptionName}/explain", EVENT_MANAGER, POST)
                    .takingAnyContent()
                    .onlyReading(),
            Route.of("/v1/event/explain", EVENT_MANAGER, POST).onlyReading(),
            Route.of("/v1/event/drivertypes", DRIVER_MANAGER, GET, POST),
            Route.of("/v1/event/drivertypes/{driverTypeName}", DRIVER_MANAGER, GET, PUT, DELETE),
            Route.of("/v1/event/drivers", DRIVER_MANAGER, GET, POST),
            Route.of("/v1/event/drivers/{driverName}", DRIVER_MANAGER, GET, PUT, DELETE),
            Route.of("/v1/event/drivers/{driverName}/logs", DRIVER_MANAGER, GET),
            Route.of("/v1/event/drivers/{driverName}/state/{key}", DRIVER_MANAGER, GET, PUT, DELETE)
                    .takingAnyContent()
                    .access(POLICY_OR_OWN_DRIVER),
            Route.of("/v1/secret", DRIVER_MANAGER, GET, POST),
            Route.of("/v1/secret/{secretName}", DRIVER_MANAGER, GET, PUT, DELETE),
            Route.of("/v1/function", FUNCTION_INVOKER, GET, POST),
            Route.of("/v1/function/{functionName}", FUNCTION_INVOKER, GET, PUT, DELETE),
            Route.of("/v1/runs", FUNCTION_INVOKER, GET, POST).takingTime(),
            Route.of("/v1/runs/{runName}", FUNCTION_INVOKER, GET),
            Route.of("/v1/deadletters", FUNCTION_INVOKER, GET),
            Route.of("/v1/deadletters/redrive", FUNCTION_INVOKER, POST),
            Route.of("/v1/replays", EVENT_MANAGER, GET, POST),
            Route.of("/v1/replays/{replayId}", EVENT_MANAGER, GET, DELETE),
            Route.of("/v1/image", FUNCTION_INVOKER, GET, POST),
            Route.of("/v1/image/{imageName}", FUNCTION_INVOKER, GET, PUT, DELETE),
            Route.of("/v1/baseimage", FUNCTION_INVOKER, GET, POST),
            Route.of("/v1/baseimage/{baseImageName}", FUNCTION_INVOKER, GET, PUT, DELETE),
            Route.of("/v1/iam/organization", GATEWAY, GET, POST),
            Route.of("/v1/iam/organization/{organizationName}", GATEWAY, GET, PUT, DELETE),
            Route.of("/v1/iam/serviceaccount", GATEWAY, GET, POST),
            Route.of("/v1/iam/serviceaccount/{serviceAccountName}", GATEWAY, GET, PUT, DELETE),
            Route.of("/v1/iam/policy", GATEWAY, GET, POST),
            Route.of("/v1/iam/policy/{policyName}", GATEWAY, GET, PUT, DELETE),
            Route.of("/v1/iam/auth", GATEWAY, GET).access(AUTHENTICATED),
            Route.of("/v1/iam/redirect", GATEWAY, GET).access(OPEN),
            Route.of("/v1/iam/oauth2", GATEWAY, GET, POST).access(OPEN),
            Route.of("/v1/iam/oauth2/**", GATEWAY, GET, POST).access(OPEN),
            Route.of("/v1/api", GATEWAY, GET, POST),
            Route.of("/v1/api/{apiName}", GATEWAY, GET, PUT, DELETE),
            Route.of("/v1/version", GATEWAY, GET).access(OPEN),
            Route.of("/v1/openapi.json", GATEWAY, GET).access(OPEN),
            Route.of("/docs", GATEWAY, GET).access(OPEN),
            Route.of("/docs/**", GATEWAY, GET).access(OPEN),
            Route.of("/home", GATEWAY, GET).access(AUTHENTICATED),
            Route.of("/", GATEWAY, GET).access(OPEN));

    private static final Map<String, Route> LITERAL =
            ALL.stream().filter(Route::isLiteral).collect(Collectors.toMap(Route::template, Function.identity()));

    private static final List<Route> VARIABLE =
            ALL.stream().filter(route -> !route.isLiteral()).toList();

    private Routes() {}

    /**
     * The route of a request.
     *
     * @throws ApiException 404 if there is no such path, 405 if it does not answer to this method
     */
    public static Route find(String method, RequestPath path) {
        Route route = LITERAL.get(path.canonical());
        if (route == null) {
            route = VARIABLE.stream()
                    .filter(candidate -> candidate.matches(path))
                    .findFirst()
                    .orElseThrow(() -> notFound(path));
        }
        if (!route.methods().contains(HttpMethod.valueOf(method))) {
            throw notAllowed(method, route);
        }
        return route;
    }

    /** Whether events come in there, of which many travel as one. */
    public static boolean isEmit(Route route) {
        return route.template().equals(EMIT) || route.template().equals(INGEST);
    }

    private static ApiException notFound(RequestPath path) {
        boolean knownService = path.segments().size() > 1
                && path.segments().getFirst().equals("v1")
                && ALL.stream()
                        .anyMatch(
                                route -> route.resource().equals(path.segments().get(1)));
        return ApiException.of(
                HttpStatus.NOT_FOUND,
                knownService ? "path %s was not found".formatted(path.canonical()) : "resource does not exist");
    }

    private static ApiException notAllowed(String method, Route route) {
        String allowed = route.methods().stream().map(HttpMethod::name).collect(Collectors.joining(","));
        return ApiException.of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "method %s is not allowed, but [%s] are".formatted(method, allowed))
                .with(HttpHeaders.ALLOW, allowed);
    }
}
