package io.dispatch.apigateway.door;

/** The gateway will not listen as it was told to; it ends at its start with this sentence, without a stack trace. */
final class UnsafeEntranceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnsafeEntranceException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** What the operator can do, one sentence. */
    String action() {
        return action;
    }
}
