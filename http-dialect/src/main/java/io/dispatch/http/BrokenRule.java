package io.dispatch.http;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.ErrorCode;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * The first rule of Bean Validation that a request broke, in the words and with the codes of the original: path and query
 * before the body, fields in alphabetical order, and what is missing before what is wrong.
 *
 * @param field the field, header or parameter
 * @param in {@code body}, {@code path}, {@code query} or {@code header}
 * @param value what was sent
 * @param violation the rule
 */
record BrokenRule(String field, String in, @Nullable Object value, ConstraintViolation<?> violation) {

    private static final Comparator<BrokenRule> FIRST = Comparator.comparing(
                    (BrokenRule rule) -> rule.in().equals("body"))
            .thenComparing(BrokenRule::field)
            .thenComparingInt(rule -> rule.code().code())
            .thenComparing(rule -> rule.violation().getMessage());

    static ApiException first(MethodArgumentNotValidException e) {
        return first(inBody(e.getBindingResult().getAllErrors()));
    }

    static ApiException first(HandlerMethodValidationException e) {
        return first(e.getParameterValidationResults().stream().flatMap(BrokenRule::of));
    }

    static ApiException ofType(MethodArgumentTypeMismatchException e) {
        String value = ErrorBody.shortened(String.valueOf(e.getValue()));
        return ApiException.invalid(
                ErrorCode.FORMAT,
                e.getName(),
                value,
                "%s in %s must be of type %s: \"%s\""
                        .formatted(e.getName(), in(e.getParameter()), type(e.getRequiredType()), value));
    }

    /** As OpenAPI calls it, where it has a name for it. */
    private static String type(@Nullable Class<?> type) {
        if (type == Long.class || type == long.class) {
            return "int64";
        }
        if (type == Integer.class || type == int.class) {
            return "int32";
        }
        return type == null ? "value" : type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static ApiException first(Stream<BrokenRule> broken) {
        return broken.min(FIRST)
                .orElseThrow(() -> new IllegalStateException("a validation failed without a violation"))
                .asApiException();
    }

    private static Stream<BrokenRule> of(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return inBody(errors.getAllErrors());
        }
        String in = in(result.getMethodParameter());
        String name = name(result.getMethodParameter());
        return result.getResolvableErrors().stream()
                .map(error -> new BrokenRule(name, in, result.getArgument(), violation(result, error)));
    }

    private static ConstraintViolation<?> violation(ParameterValidationResult result, MessageSourceResolvable error) {
        return result.unwrap(error, ConstraintViolation.class);
    }

    private static Stream<BrokenRule> inBody(List<ObjectError> errors) {
        return errors.stream().map(error -> {
            ConstraintViolation<?> violation = error.unwrap(ConstraintViolation.class);
            return error instanceof FieldError field
                    ? new BrokenRule(field.getField(), "body", field.getRejectedValue(), violation)
                    : new BrokenRule(error.getObjectName(), "body", null, violation);
        });
    }

    private static String in(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return "path";
        }
        if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            return "header";
        }
        return parameter.hasParameterAnnotation(RequestBody.class) ? "body" : "query";
    }

    private static String name(MethodParameter parameter) {
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        if (path != null && !path.value().isEmpty()) {
            return path.value();
        }
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null && !query.value().isEmpty()) {
            return query.value();
        }
        return String.valueOf(parameter.getParameterName());
    }

    private Annotation rule() {
        return violation.getConstraintDescriptor().getAnnotation();
    }

    private ErrorCode code() {
        return switch (rule()) {
            case NotNull _, NotEmpty _, NotBlank _ -> ErrorCode.REQUIRED;
            case Size size when length() > size.max() -> ErrorCode.TOO_LONG;
            case Size _ -> ErrorCode.TOO_SHORT;
            case Pattern _ -> ErrorCode.PATTERN;
            default -> ErrorCode.FORMAT;
        };
    }

    private int length() {
        return switch (value) {
            case CharSequence text -> text.length();
            case Collection<?> collection -> collection.size();
            case Map<?, ?> map -> map.size();
            case null, default -> 0;
        };
    }

    private ApiException asApiException() {
        ErrorCode code = code();
        if (code == ErrorCode.REQUIRED) {
            return ApiException.missing(field, in);
        }
        return ApiException.invalid(code, field, value == null ? null : value.toString(), message(code));
    }

    private String message(ErrorCode code) {
        boolean ownWords = !violation.getMessageTemplate().startsWith("{");
        if (ownWords) {
            return "%s %s".formatted(field, violation.getMessage());
        }
        return switch (rule()) {
            case Size size
            when code == ErrorCode.TOO_LONG ->
                "%s in %s should be at most %d %s long".formatted(field, in, size.max(), unit());
            case Size size -> "%s in %s should be at least %d %s long".formatted(field, in, size.min(), unit());
            case Pattern pattern -> "%s in %s should match '%s'".formatted(field, in, pattern.regexp());
            default -> "%s in %s %s".formatted(field, in, violation.getMessage());
        };
    }

    private String unit() {
        return value instanceof CharSequence ? "chars" : "items";
    }
}
