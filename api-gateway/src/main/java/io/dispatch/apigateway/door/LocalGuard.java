package io.dispatch.apigateway.door;

import io.dispatch.apigateway.caller.AccessMode;
import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.http.ApiException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Keeps web pages out of an open local gateway: a page that makes its own name resolve to this machine sends that name as
 * {@code Host}, and any other page sends its own as {@code Origin}.
 */
@Component
class LocalGuard {

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:]+]|[^:]*)(:\\d{1,5})?");

    private final AccessMode mode;

    LocalGuard(AccessMode mode) {
        this.mode = mode;
    }

    /**
     * Lets requests pass that come from a program on this machine, or from a page that we served.
     *
     * @throws ApiException 403 for others, where no credential is asked for
     */
    void check(RequestHead request) {
        if (!mode.open()) {
            return;
        }
        String host = lowerCase(request.header(HttpHeaders.HOST));
        Matcher form = HOST.matcher(host);
        if (!form.matches() || !LOCAL_NAMES.contains(form.group(1))) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "Host in header must be localhost, 127.0.0.1 or [::1] in local mode, but was %s".formatted(host));
        }
        String origin = request.header(HttpHeaders.ORIGIN);
        if (origin != null
                && !lowerCase(origin).equals("http://" + host)
                && !lowerCase(origin).equals("https://" + host)) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "Origin in header must be the gateway's own in local mode, but was %s".formatted(origin));
        }
    }

    private static String lowerCase(@Nullable String header) {
        return header == null ? "" : header.toLowerCase(Locale.ROOT);
    }
}
