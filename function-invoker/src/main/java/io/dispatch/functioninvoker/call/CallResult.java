package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.run.RunLogs;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one call of a function: a value on every path. */
public sealed interface CallResult {

    /** What the function printed, where its protocol says. */
    @Nullable
    RunLogs logs();

    /** What the function answered as the text of one JSON value, bounded; null where it answered nothing. */
    @Nullable
    String output();

    /**
     * The function did its work.
     *
     * @param output see {@link #output()}
     * @param logs see {@link #logs()}
     * @param reply the event that the answer is, or null if it is none
     */
    record Succeeded(
            @Nullable String output,
            @Nullable RunLogs logs,
            @Nullable Event reply) implements CallResult {

        /** With an answer that is no event. */
        public Succeeded(@Nullable String output, @Nullable RunLogs logs) {
            this(output, logs, null);
        }
    }

    /**
     * The function did not do its work, or did not say so.
     *
     * @param cause where it failed
     * @param type {@code InputError}, {@code FunctionError} or {@code SystemError}
     * @param message one sentence
     * @param stacktrace the function's own, or null
     * @param status of HTTP, or null where there was no answer
     * @param retryAfter how long the function asks to be left alone, or null
     * @param output the answer's body, see {@link #output()}
     * @param logs see {@link #logs()}
     */
    record Failed(
            Cause cause,
            String type,
            String message,
            @Nullable List<String> stacktrace,
            @Nullable Integer status,
            @Nullable Duration retryAfter,
            @Nullable String output,
            @Nullable RunLogs logs)
            implements CallResult {

        /** The most characters of a message. */
        private static final int MAX_MESSAGE = 1_000;

        /** Bounds the message and leaves out what no text column takes. */
        public Failed {
            message = message.replace("\0", "");
            message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        }

        /** Where nothing was heard from the function. */
        public static Failed without(Cause cause, String message) {
            return new Failed(cause, SYSTEM_ERROR, message, null, null, null, null, null);
        }
    }

    /** Where a call failed. */
    enum Cause {
        /** Before it was made: the function or a secret is missing, or its program does not run. */
        NOT_CALLED,
        /** No connection, no whole answer, or none in time. */
        NO_ANSWER,
        /** The function answered a status other than 2xx. */
        STATUS,
        /** The function answered that it failed. */
        FUNCTION
    }

    /** The original's name for what lies with the input. */
    String INPUT_ERROR = "InputError";

    /** The original's name for what lies with the function. */
    String FUNCTION_ERROR = "FunctionError";

    /** The original's name for what lies with neither. */
    String SYSTEM_ERROR = "SystemError";
}
