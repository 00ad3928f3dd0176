package io.dispatch.http;

import io.dispatch.contracts.ErrorBody;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever stopped a request into the one error body, in the original's words where it has some. */
@RestControllerAdvice
final class ErrorAnswers {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);

    /**
     * The classes of SQLSTATE that speak of the database and not of the request: connection, resources, an operator's act, the system.
     * What a pool says of a connection that is closed has no state at all.
     */
    private static final Set<String> DATABASE_AWAY = Set.of("08", "53", "57", "58");

    /** The class {@code insufficient_resources}: a full disk is 53100. */
    private static final String EXHAUSTED = "53";

    /** PostgreSQL's SQLSTATEs {@code character_not_in_repertoire} and {@code untranslatable_character}. */
    private static final Set<String> NUL_REFUSED = Set.of("22021", "22P05");

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(ApiException e) {
        return ResponseEntity.status(e.body().status())
                .headers(e.headers())
                .contentType(MediaType.APPLICATION_JSON)
                .body(e.body());
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(HttpMessageNotReadableException e) {
        return on(UnreadableBody.asApiException(e));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(MethodArgumentNotValidException e) {
        return on(BrokenRule.first(e));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(HandlerMethodValidationException e) {
        return on(BrokenRule.first(e));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(MethodArgumentTypeMismatchException e) {
        return on(BrokenRule.ofType(e));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(MissingServletRequestParameterException e) {
        return on(ApiException.missing(e.getParameterName(), "query"));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(MissingRequestHeaderException e) {
        return on(ApiException.missing(e.getHeaderName(), "header"));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(NoResourceFoundException e, HttpServletRequest request) {
        return on(ApiException.of(HttpStatus.NOT_FOUND, "path %s was not found".formatted(request.getRequestURI())));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(HttpRequestMethodNotSupportedException e) {
        String[] supported = e.getSupportedMethods();
        List<String> allowed = supported == null
                ? List.of()
                : Arrays.stream(supported).sorted().toList();
        return on(ApiException.of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "method %s is not allowed, but %s are".formatted(e.getMethod(), allowed))
                .with(HttpHeaders.ALLOW, String.join(", ", allowed)));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(HttpMediaTypeNotSupportedException e) {
        return on(ApiException.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported media type \"%s\", only %s are allowed"
                        .formatted(e.getContentType() == null ? "" : e.getContentType(), List.of("application/json"))));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(BodyLimit.TooLarge e) {
        return on(e.asApiException());
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> on(OptimisticLockingFailureException e) {
        return on(ApiException.of(
                HttpStatus.CONFLICT, "the resource was changed by somebody else at the same time: read it again"));
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<ErrorBody> onDatabaseAway(NestedRuntimeException e, HttpServletRequest request) {
        boolean exhausted = e.getRootCause() instanceof SQLException cause
                && stateClass(cause).equals(EXHAUSTED);
        String what = exhausted ? "has no room" : "cannot be reached";
        log.atWarn()
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("reason", e.getMessage())
                .log("the database {}", what);
        return on(ApiException.unavailable("the database %s right now, try again".formatted(what), DATABASE_RETRY));
    }

    /**
     * What Spring has no word of its own for: a full disk as Hibernate tells it, a connection that was gone when a transaction was
     * to end, or a character that no rule of the wire forbids and PostgreSQL cannot take, in a filter or in free text.
     */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ErrorBody> on(NestedRuntimeException e, HttpServletRequest request) {
        if (!(e.getRootCause() instanceof SQLException cause)) {
            return onAnythingElse(e, request);
        }
        if (cause.getSQLState() == null || DATABASE_AWAY.contains(stateClass(cause))) {
            return onDatabaseAway(e, request);
        }
        return NUL_REFUSED.contains(cause.getSQLState())
                ? on(ApiException.badRequest("the character U+0000 is not allowed in any value"))
                : onAnythingElse(e, request);
    }

    /** The first two characters of the state, or none. */
    private static String stateClass(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onAnythingElse(Exception e, HttpServletRequest request) {
        log.atError().addKeyValue("path", request.getRequestURI()).setCause(e).log("a request failed inside");
        return on(ApiException.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal error when processing %s".formatted(request.getRequestURI())));
    }
}
