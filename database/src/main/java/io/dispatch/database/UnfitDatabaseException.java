package io.dispatch.database;

import org.jspecify.annotations.Nullable;

/** The database cannot be used as it is; a service ends at its start with this sentence, without a stack trace. */
final class UnfitDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnfitDatabaseException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What the operator can do, one sentence. */
    String action() {
        return action;
    }
}
