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
import io.dispatch.apigateway.route.ServletHead;
import io.dispatch.http.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way in: finds the route, asks the gate, and forwards, or lets Spring MVC answer what is the gateway's own. Stands
 * before every other filter, so that what is added to MVC costs forwarded requests nothing.
 */
final class Door extends HttpFilter {

    private static final long serialVersionUID = 1L;

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
        } catch (RuntimeException e) {
            errors.send(response, ErrorAnswer.reason(e, request.getRequestURI()));
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain chain, RequestPath path)
            throws IOException, ServletException {
        var head = new ServletHead(request);
        guard.check(head);
        Route route = Routes.find(request.getMethod(), path);
        Optional<Admission> admission = gate.admit(head, route, path);
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
