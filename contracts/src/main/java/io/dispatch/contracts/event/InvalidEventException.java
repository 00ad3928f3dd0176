package io.dispatch.contracts.event;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What was sent is no event. The message is one sentence that names the field, the rule and, where one is known, the value. */
public final class InvalidEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable ErrorCode code;
    private final @Nullable String field;
    private final @Nullable String value;

    private InvalidEventException(
            String message, @Nullable ErrorCode code, @Nullable String field, @Nullable String value) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.value = value;
    }

    /** Something that makes no sense: answered with status 400. */
    static InvalidEventException of(String message) {
        return new InvalidEventException(message, null, null, null);
    }

    /** A field whose value breaks a rule: answered with status 400. */
    static InvalidEventException of(String field, String in, String rule, @Nullable String value) {
        String shown = value == null ? "" : ", but was \"" + shortened(value) + "\"";
        return new InvalidEventException(field + " in " + in + " " + rule + shown, null, field, value);
    }

    /** A rule of the 0.1 dialect's schema: answered with status 422 and the rule's code. */
    static InvalidEventException of(ErrorCode code, String field, @Nullable String value, String rule) {
        return new InvalidEventException(field + " in body " + rule, code, field, value);
    }

    /** The same, said of one event of a batch. */
    InvalidEventException at(int index) {
        String message = field == null ? "event [" + index + "]: " + getMessage() : "[" + index + "]." + getMessage();
        return new InvalidEventException(message, code, field == null ? null : "[" + index + "]." + field, value);
    }

    /** The code of the broken rule when it is one of the 0.1 dialect's schema (status 422), else null (status 400). */
    public @Nullable ErrorCode code() {
        return code;
    }

    /** The field or header, or null if the body as a whole is meant. */
    public @Nullable String field() {
        return field;
    }

    /** What was sent there, or null. */
    public @Nullable String value() {
        return value;
    }

    private static String shortened(String value) {
        return value.length() <= ErrorBody.MAX_VALUE ? value : value.substring(0, ErrorBody.MAX_VALUE) + "…";
    }
}
