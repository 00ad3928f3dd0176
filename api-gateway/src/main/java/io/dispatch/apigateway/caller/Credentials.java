package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.iam.Identity;
import io.dispatch.apigateway.route.Access;
import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.Route;
import io.dispatch.http.ApiException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Finds out who is calling. Safe for use by many threads. */
@Component
class Credentials {

    private static final String BEARER = "Bearer ";

    private final AccountTokens accounts;
    private final DriverCredentials drivers;
    private final AccessMode mode;

    Credentials(AccountTokens accounts, DriverCredentials drivers, AccessMode mode) {
        this.accounts = accounts;
        this.drivers = drivers;
        this.mode = mode;
    }

    /**
     * Who is calling, on a route that is not open to everybody.
     *
     * @throws ApiException 401 if nothing proves it; 422 if a driver's token is missing where one is needed
     */
    Identity identify(RequestHead request, Route route) {
        String authorization = sentOnce(request, HttpHeaders.AUTHORIZATION);
        if (mode.strict() && authorization == null && isEmpty(request.header(HttpHeaders.COOKIE))) {
            throw Unauthenticated.answer(Unauthenticated.SENTENCE);
        }
        if (route.access() == Access.DRIVER) {
            return driver(request, route, authorization);
        }
        if (authorization == null) {
            if (mode.open()) {
                return new Identity.LocalUser();
            }
            throw Unauthenticated.answer(Unauthenticated.SENTENCE);
        }
        return bearer(authorization);
    }

    /** Whether the credential of a request, if it has one, was seen before and is remembered. */
    boolean isKnown(RequestHead request) {
        String authorization = request.header(HttpHeaders.AUTHORIZATION);
        return authorization == null
                || bearerToken(authorization).map(this::isRemembered).orElse(true);
    }

    private boolean isRemembered(String token) {
        return DriverCredentials.isToken(token) ? drivers.isRemembered(token) : accounts.isRemembered(token);
    }

    private Identity bearer(String authorization) {
        try {
            String token = bearerToken(authorization)
                    .orElseThrow(() -> new Unauthenticated("Authorization in header must be a Bearer token"));
            return DriverCredentials.isToken(token)
                    ? drivers.driver(token).orElseThrow(Credentials::notRecognized)
                    : accounts.identity(token);
        } catch (Unauthenticated e) {
            if (mode.open() && mode.strict()) {
                // The original asks for a credential header, whatever it says, where nobody has to prove anything.
                return new Identity.LocalUser();
            }
            throw e.asApiException();
        }
    }

    private Identity driver(RequestHead request, Route route, @Nullable String authorization) {
        String token = authToken(request);
        if (token == null && authorization != null) {
            token = bearerToken(authorization).orElse(null);
        }
        if (token == null) {
            ContentType.check(request, route); // comes before the query in the original's order
            throw ApiException.missing(AuthToken.PARAMETER, "query");
        }
        return drivers.driver(token).orElseThrow(Credentials::notRecognized);
    }

    /** From the query alone: asking the servlet for a parameter would read a form in the body too. */
    private static @Nullable String authToken(RequestHead request) {
        return AuthToken.in(request.query());
    }

    private static Optional<String> bearerToken(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static @Nullable String sentOnce(RequestHead request, String header) {
        List<String> values = request.headers(header);
        if (values.size() > 1) {
            throw ApiException.badRequest(
                    "%s in header must be sent once, but was sent %d times".formatted(header, values.size()));
        }
        return values.isEmpty() || values.getFirst().isBlank() ? null : values.getFirst();
    }

    private static boolean isEmpty(@Nullable String header) {
        return header == null || header.isBlank();
    }

    private static ApiException notRecognized() {
        return Unauthenticated.answer("token not recognized");
    }
}
