package io.dispatch.apigateway.door;

import io.dispatch.apigateway.caller.Admission;
import io.dispatch.apigateway.caller.AuthToken;
import io.dispatch.apigateway.caller.Gate;
import io.dispatch.apigateway.forward.Forwarder;
import io.dispatch.apigateway.route.Access;
import io.dispatch.apigateway.route.Owner;
import io.dispatch.apigateway.route.RequestPath;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;

/**
 * The way in: finds the route, asks the gate, and forwards, or lets Spring MVC answer what is the gateway's own. Stands
 * before every other filter, so that what is added to MVC costs forwarded requests nothing.
 */
final class Door extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(Door.class);

    /** The name under which controllers find who is calling. */
    private static final String IDENTITY = "identity";

    private final transient Health health;
    private final transient LocalGuard guard;
    private final transient Gate gate;
    private final transient Forwarder forwarder;
    private final transient ErrorAnswer errors;

    Door(Health health, LocalGuard guard, Gate gate, Forwarder forwarder, ErrorAnswer errors) {
        this.health = health;
        this.guard = guard;
        this.gate = gate;
        this.forwarder = forwarder;
        this.errors = errors;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            RequestPath path = RequestPath.parse(request.getRequestURI());
            if (Health.isProbe(request, path)) {
                chain.doFilter(request, response);
            } else if (Health.isHealthz(request, path)) {
                health.answer(response);
            } else {
                enter(request, response, chain, path);
            }
        } catch (ApiException e) {
            errors.send(response, e);
        } catch (DataAccessException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("the database cannot be reached");
            errors.send(
                    response,
                    ApiException.unavailable(
                            "the database cannot be reached right now, try again", Duration.ofSeconds(1)));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("path", request.getRequestURI())
                    .setCause(e)
                    .log("a request failed inside");
            errors.send(
                    response,
                    ApiException.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "internal error when processing %s".formatted(request.getRequestURI())));
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain chain, RequestPath path)
            throws IOException, ServletException {
        guard.check(request);
        Route route = Routes.find(request.getMethod(), path);
        Optional<Admission> admission = gate.admit(request, route, path);
        if (route.owner() == Owner.GATEWAY) {
            admission.ifPresent(admitted -> {
                request.setAttribute(Caller.ATTRIBUTE, admitted.caller());
                request.setAttribute(IDENTITY, admitted.identity());
            });
            chain.doFilter(request, response);
        } else {
            forwarder.forward(
                    request,
                    response,
                    route,
                    target(route, path, request.getQueryString()),
                    admission.orElseThrow().caller());
        }
    }

    private static String target(Route route, RequestPath path, @Nullable String query) {
        String rest = route.access() == Access.DRIVER ? AuthToken.removedFrom(query) : query;
        return rest == null ? path.canonical() : path.canonical() + "?" + rest;
    }
}
