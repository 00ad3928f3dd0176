package io.dispatch.eventlog;

/**
 * A group was sent to be committed, the connection broke, and the database could not be asked in time what became of it: it
 * is all in the log or not at all. It must not be appended again by us; its sender may send it again.
 */
public final class OutcomeUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutcomeUnknownException(String transaction, Throwable cause) {
        super("outcome of transaction " + transaction + " is unknown", cause);
    }
}
