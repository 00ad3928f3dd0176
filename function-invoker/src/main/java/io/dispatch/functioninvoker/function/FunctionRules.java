package io.dispatch.functioninvoker.function;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.function.Function;
import io.dispatch.contracts.function.Header;
import io.dispatch.contracts.function.Protocol;
import io.dispatch.functioninvoker.source.Schemas;
import io.dispatch.http.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
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

    /** @param localMode whether functions may be commands or sources */
    FunctionRules(boolean localMode) {
        this.localMode = localMode;
    }

    /** @throws ApiException 400 or 422, naming the field and the rule */
    void check(Function function) {
        boolean source = isGiven(function.source());
        boolean sourceUrl = isGiven(function.sourceURL());
        long given = Stream.of(function.endpoint() != null, function.command() != null, source, sourceUrl)
                .filter(Boolean::booleanValue)
                .count();
        if (given != 1) {
            throw ApiException.badRequest("exactly one of endpoint, command, source and sourceURL in body is required");
        }
        if (function.endpoint() != null) {
            checkUrl("endpoint", function.endpoint());
        } else if (function.command() != null) {
            checkCommand(function.command());
        } else {
            checkSource(source ? "source" : "sourceURL", function);
        }
        checkTimeout(function.timeout());
        if (function.headers() != null) {
            function.headers().forEach(FunctionRules::check);
        }
    }

    /** Empty is as good as absent. */
    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static void checkUrl(String field, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw notAUrl(field, url);
        }
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65_535) {
            throw notAUrl(field, url);
        }
    }

    private static ApiException notAUrl(String field, String url) {
        return ApiException.invalid(
                ErrorCode.FORMAT,
                field,
                url,
                "%s in body must be an absolute http or https URL with a host and without user or fragment"
                        .formatted(field));
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

    private void checkSource(String field, Function function) {
        if (!localMode) {
            throw ApiException.badRequest("%s in body is possible in local mode only; give endpoint".formatted(field));
        }
        if (!isGiven(function.image())) {
            throw ApiException.missing("image", "body");
        }
        if (function.sourceURL() != null && field.equals("sourceURL")) {
            checkUrl(field, function.sourceURL());
        }
        if (function.handler() != null && function.handler().indexOf('\0') >= 0) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT, "handler", null, "handler in body must not hold a NUL character");
        }
        if (function.protocol() == Protocol.CLOUDEVENTS) {
            throw ApiException.badRequest(
                    "protocol in body must be dispatch where source is given: such a function takes context and payload");
        }
        if (function.schema() != null) {
            checkSchema("schema.in", function.schema().in());
            checkSchema("schema.out", function.schema().out());
        }
        if (function.headers() != null && !function.headers().isEmpty()) {
            throw ApiException.badRequest(
                    "headers in body must be empty where source is given: such a function sees no headers");
        }
    }

    private static void checkSchema(String field, @Nullable RawJson schema) {
        Schemas.flaw(schema).ifPresent(flaw -> {
            throw ApiException.badRequest("%s in body is no JSON Schema: %s".formatted(field, flaw));
        });
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
