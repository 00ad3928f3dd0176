package io.dispatch.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is no success: the two fields of the original, and the fields of RFC 9457 beside them.
 *
 * @param code the HTTP status, or for status 422 one of {@link ErrorCode}
 * @param message one sentence that names the field, the value and the rule
 * @param type always {@code about:blank}: the status says it (RFC 9457 section 4.2.1)
 * @param title the HTTP reason phrase
 * @param status the HTTP status
 * @param detail the message where RFC 9457 looks for it, with the value that was sent where one is known
 * @param field the field, header or parameter that broke a rule, or null
 * @param value what was sent there, at most {@value #MAX_VALUE} characters of it, or null
 */
@Schema(name = "Error", description = "What went wrong, in one sentence that names the field, the value and the rule.")
@JsonInclude(Include.NON_NULL)
public record ErrorBody(
        int code,
        String message,
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable String value) {

    /** How many characters of a refused value an answer repeats. */
    public static final int MAX_VALUE = 100;

    /** An error whose code is its HTTP status. */
    public static ErrorBody of(int status, String title, String message) {
        return new ErrorBody(status, message, "about:blank", title, status, message, null, null);
    }

    /**
     * A broken rule: HTTP status 422 with a code of its own.
     *
     * @param value what was sent, or null where nothing was or it must not be repeated
     */
    public static ErrorBody of(ErrorCode code, String field, @Nullable String value, String message) {
        String shown = value == null ? null : shortened(value);
        String detail = shown == null ? message : "%s, but was \"%s\"".formatted(message, shown);
        return new ErrorBody(code.code(), message, "about:blank", "Unprocessable Content", 422, detail, field, shown);
    }

    /** A refused value as an answer repeats it. */
    public static String shortened(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "…";
    }
}
