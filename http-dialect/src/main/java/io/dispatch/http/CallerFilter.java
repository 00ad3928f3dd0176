package io.dispatch.http;

import io.dispatch.contracts.ErrorBody;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Lets nobody in for whom the gateway does not vouch; only the health of the service may be asked by anybody. */
final class CallerFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private static final Set<String> OPEN = Set.of("/healthz", "/livez", "/readyz");

    private final GatewayTokens tokens;
    private final JsonMapper json;

    CallerFilter(GatewayTokens tokens, JsonMapper json) {
        this.tokens = tokens;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return OPEN.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller;
        try {
            caller = caller(request.getHeader(HttpHeaders.AUTHORIZATION));
        } catch (DataAccessException e) {
            answer(response, HttpStatus.SERVICE_UNAVAILABLE, "the database cannot be reached right now, try again");
            return;
        }
        if (caller.isPresent()) {
            request.setAttribute(Caller.ATTRIBUTE, caller.get());
            chain.doFilter(request, response);
        } else {
            answer(response, HttpStatus.UNAUTHORIZED, "unauthenticated: requests come in through the gateway");
        }
    }

    private Optional<Caller> caller(@Nullable String authorization) {
        return authorization == null || !authorization.startsWith(BEARER)
                ? Optional.empty()
                : tokens.caller(authorization.substring(BEARER.length()));
    }

    private void answer(HttpServletResponse response, HttpStatus status, String message) throws IOException {
        response.setStatus(status.value());
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        byte[] body = json.writeValueAsBytes(ErrorBody.of(status.value(), status.getReasonPhrase(), message));
        response.getOutputStream().write(body);
    }
}
