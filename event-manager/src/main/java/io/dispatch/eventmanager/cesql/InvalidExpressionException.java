package io.dispatch.eventmanager.cesql;

/** A text is no expression, or calls a function that does not exist. The message is one sentence with the position. */
public final class InvalidExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    InvalidExpressionException(Fault fault, int offset, String reason) {
        super("%s at character %d".formatted(reason, offset + 1), null, false, false);
        this.fault = fault;
    }

    /** {@link Fault#PARSE} or {@link Fault#MISSING_FUNCTION}. */
    public Fault fault() {
        return fault;
    }
}
