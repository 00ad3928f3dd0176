package io.dispatch.postgresql;

import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be started, stopped or kept; the message is one sentence for the user: what is wrong, what to do. */
public final class PostgresqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresqlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    PostgresqlException(String message) {
        this(message, null);
    }
}
