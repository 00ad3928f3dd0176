package io.dispatch.http;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** An answer that is no success, thrown where the reason is found and written once, by {@link ErrorAnswers}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An SQLSTATE of PostgreSQL. */
    private static final String UNIQUE_VIOLATION = "23505";

    private final transient ErrorBody body;
    private final transient HttpHeaders headers = new HttpHeaders();

    private ApiException(ErrorBody body) {
        super(body.message(), null, false, false);
        this.body = body;
    }

    /** An answer whose code is its status, with a message for people. */
    public static ApiException of(HttpStatus status, String message) {
        return new ApiException(ErrorBody.of(status.value(), status.getReasonPhrase(), message));
    }

    /** 404, in the original's words. */
    public static ApiException notFound(String kind, String name) {
        return of(HttpStatus.NOT_FOUND, "%s %s not found".formatted(kind, name));
    }

    /** 409, in the original's words. */
    public static ApiException alreadyExists(String kind, String name) {
        return of(HttpStatus.CONFLICT, "%s %s already exists".formatted(kind, name));
    }

    /**
     * What to answer where a new resource could not be written.
     *
     * @return 409 where somebody else took its name meanwhile, otherwise what came
     */
    public static RuntimeException alreadyExists(String kind, String name, DataIntegrityViolationException e) {
        return e.getRootCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())
                ? alreadyExists(kind, name)
                : e;
    }

    /** 400: what was sent makes no sense to the handler. */
    public static ApiException badRequest(String message) {
        return of(HttpStatus.BAD_REQUEST, message);
    }

    /**
     * 400 in words of the original that do not say the rule; {@code detail} says it.
     *
     * @param detail one sentence for the field of RFC 9457
     */
    static ApiException badRequest(String message, String field, String value, String detail) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        return new ApiException(new ErrorBody(
                status.value(),
                message,
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                detail,
                field,
                ErrorBody.shortened(value)));
    }

    /**
     * 422 with code 602: something that must be sent was not.
     *
     * @param in {@code body}, {@code query}, {@code header} or {@code path}
     */
    public static ApiException missing(String field, String in) {
        return new ApiException(
                ErrorBody.of(ErrorCode.REQUIRED, field, null, "%s in %s is required".formatted(field, in)));
    }

    /**
     * 422 with the code of the broken rule.
     *
     * @param value what was sent, repeated in the answer; null where it must not be
     */
    public static ApiException invalid(ErrorCode code, String field, @Nullable String value, String message) {
        return new ApiException(ErrorBody.of(code, field, value, message));
    }

    /** 412 (RFC 9110 section 15.5.13): the resource is not at the version the client has seen; ETag tells the current. */
    public static ApiException preconditionFailed(String kind, String name, long currentVersion) {
        return of(
                        HttpStatus.PRECONDITION_FAILED,
                        "%s %s is at version %d by now: read it again".formatted(kind, name, currentVersion))
                .with(HttpHeaders.ETAG, Etag.of(currentVersion));
    }

    /** 503: not now; try again after this long, which is rounded up to whole seconds. */
    public static ApiException unavailable(String message, Duration retryAfter) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, message)
                .with(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
    }

    /** 501: a part of the original that this edition does not have. */
    public static ApiException notImplemented(String message) {
        return of(HttpStatus.NOT_IMPLEMENTED, message);
    }

    /** The same answer with one more header. */
    public ApiException with(String header, String value) {
        headers.set(header, value);
        return this;
    }

    /** What is sent. */
    public ErrorBody body() {
        return body;
    }

    /** What is sent beside the body; a copy. */
    public HttpHeaders headers() {
        return HttpHeaders.copyOf(headers);
    }
}
