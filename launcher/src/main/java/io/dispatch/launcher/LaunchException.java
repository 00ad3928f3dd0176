package io.dispatch.launcher;

import org.jspecify.annotations.Nullable;

/** Dispatch cannot be started or kept running; the message tells the user what is wrong and what to do. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        this(message, null);
    }

    LaunchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
