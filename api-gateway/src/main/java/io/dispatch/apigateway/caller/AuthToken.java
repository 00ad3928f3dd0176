package io.dispatch.apigateway.caller;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The driver's token where the original's drivers put it: in the query (contract section 4.2). */
public final class AuthToken {

    static final String PARAMETER = "authToken";

    private static final String PREFIX = PARAMETER + "=";

    private AuthToken() {}

    /** The token in a query, or null if none is there; of several the first. */
    static @Nullable String in(@Nullable String query) {
        return query == null
                ? null
                : Arrays.stream(query.split("&"))
                        .filter(AuthToken::isToken)
                        .map(pair -> URLDecoder.decode(pair.substring(PREFIX.length()), StandardCharsets.UTF_8))
                        .filter(token -> !token.isBlank())
                        .findFirst()
                        .orElse(null);
    }

    /** The query without the token, which is for the gateway only; null if nothing is left. */
    public static @Nullable String removedFrom(@Nullable String query) {
        if (query == null || !query.contains(PREFIX)) {
            return query;
        }
        String rest =
                Arrays.stream(query.split("&")).filter(pair -> !isToken(pair)).collect(Collectors.joining("&"));
        return rest.isEmpty() ? null : rest;
    }

    private static boolean isToken(String pair) {
        return pair.startsWith(PREFIX);
    }
}
