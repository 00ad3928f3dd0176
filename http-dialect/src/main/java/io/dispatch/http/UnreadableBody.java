package io.dispatch.http;

import io.dispatch.contracts.ErrorCode;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says in one sentence why a body could not be read as what the route takes. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ApiException asApiException(HttpMessageNotReadableException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ApiException ours -> {
                    return ours;
                }
                case BodyLimit.TooLarge tooLarge -> {
                    return tooLarge.asApiException();
                }
                case InvalidFormatException format
                when format.getValue() instanceof String
                        && format.getTargetType() != null
                        && format.getTargetType().isEnum() -> {
                    return notInEnumeration(format);
                }
                case InvalidFormatException format
                when format.getTargetType() == UUID.class -> {
                    return noUuid(format);
                }
                case MismatchedInputException mismatch -> {
                    return wrongType(mismatch);
                }
                case JacksonIOException _ -> {
                    // the body could not be read at all: the reason lies deeper
                }
                case JacksonException syntax -> {
                    return ApiException.badRequest(
                            "body is not JSON: %s%s".formatted(firstLine(syntax.getOriginalMessage()), where(syntax)));
                }
                default -> {
                    // a wrapper: the reason lies deeper
                }
            }
        }
        return ApiException.missing("body", "body");
    }

    private static ApiException notInEnumeration(InvalidFormatException e) {
        String field = path(e);
        String allowed = Arrays.stream(e.getTargetType().getEnumConstants())
                .map(Object::toString)
                .collect(Collectors.joining(" ", "[", "]"));
        return ApiException.invalid(
                ErrorCode.ENUM,
                field,
                String.valueOf(e.getValue()),
                "%s in body should be one of %s".formatted(field, allowed));
    }

    private static ApiException noUuid(InvalidFormatException e) {
        String field = path(e);
        String value = String.valueOf(e.getValue());
        return ApiException.invalid(
                ErrorCode.FORMAT, field, value, "%s in body must be of type uuid: \"%s\"".formatted(field, value));
    }

    private static ApiException wrongType(MismatchedInputException e) {
        String field = path(e);
        return ApiException.badRequest("%s in body should be %s%s"
                .formatted(field.isEmpty() ? "the value" : field, expected(e.getTargetType()), where(e)));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class || type.isEnum() || type == UUID.class) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Iterable.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (Reference step : e.getPath()) {
            path.append(path.isEmpty() ? "" : ".")
                    .append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName());
        }
        return path.toString();
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
