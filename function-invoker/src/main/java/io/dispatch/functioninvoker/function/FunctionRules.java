package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.function.Function;
import io.dispatch.contracts.function.Header;
import io.dispatch.http.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a function must be beyond the pattern of each field. */
final class FunctionRules {

    /** Headers that belong to the platform or to the connection. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-length",
            "content-type",
            "dispatch-attempt",
            "expect",
            "host",
            "idempotency-key",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final boolean localMode;

    /** @param localMode whether functions may be commands */
    FunctionRules(boolean localMode) {
        this.localMode = localMode;
    }

    /** @throws ApiException 400 or 422, naming the field and the rule */
    void check(Function function) {
        if (function.source() != null || function.sourceURL() != null) {
            throw ApiException.badRequest(
                    "%s in body is not supported yet: functions from source come in a later release;"
                                    .formatted(function.source() != null ? "source" : "sourceURL")
                            + " give endpoint or command");
        }
        if ((function.endpoint() == null) == (function.command() == null)) {
            throw ApiException.badRequest("exactly one of endpoint and command in body is required");
        }
        if (function.endpoint() != null) {
            checkEndpoint(function.endpoint());
        }
        if (function.command() != null) {
            checkCommand(function.command());
        }
        checkTimeout(function.timeout());
        if (function.headers() != null) {
            function.headers().forEach(FunctionRules::check);
        }
    }

    private static void checkEndpoint(String endpoint) {
        URI uri;
        try {
            uri = new URI(endpoint);
        } catch (URISyntaxException e) {
            throw notAnEndpoint(endpoint);
        }
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65_535) {
            throw notAnEndpoint(endpoint);
        }
    }

    private static ApiException notAnEndpoint(String endpoint) {
        return ApiException.invalid(
                ErrorCode.FORMAT,
                "endpoint",
                endpoint,
                "endpoint in body must be an absolute http or https URL with a host and without user or fragment");
    }

    private void checkCommand(List<String> command) {
        if (!localMode) {
            throw ApiException.badRequest("command in body is possible in local mode only; give endpoint");
        }
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw ApiException.missing("command", "body");
        }
        if (command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT, "command", null, "command in body must not hold a NUL character");
        }
    }

    private static void checkTimeout(@Nullable Long timeout) {
        if (timeout != null && (timeout < 0 || timeout > Function.MAX_TIMEOUT)) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT,
                    "timeout",
                    timeout.toString(),
                    "timeout in body must be 0 to %d milliseconds".formatted(Function.MAX_TIMEOUT));
        }
    }

    private static void check(Header header) {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (RESERVED.contains(name) || name.startsWith("ce-")) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT,
                    "headers",
                    header.name(),
                    "headers in body must not name a header that the platform sets");
        }
        boolean written = header.value() != null && header.secret() == null && header.key() == null;
        boolean secret = header.value() == null && header.secret() != null && header.key() != null;
        if (written == secret) {
            throw ApiException.badRequest(
                    "headers in body: %s must have either value, or secret and key".formatted(header.name()));
        }
    }
}
