package io.dispatch.functioninvoker.function;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Whether a function takes a call now, and where. */
public sealed interface Turn {

    /**
     * It does. Others wait until this is closed where the function takes one call at a time.
     *
     * @param to where it takes its calls
     * @param token what the call must carry as {@code Authorization: Bearer}, or null
     * @param onSilence what to do when the call got no answer
     * @param onClose what to do when the call has ended
     */
    record Open(URI to, @Nullable String token, Runnable onSilence, Runnable onClose) implements Turn, AutoCloseable {

        static Open at(URI to) {
            return new Open(to, null, () -> {}, () -> {});
        }

        /** The call has ended. */
        @Override
        public void close() {
            onClose.run();
        }

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Open[%s]".formatted(to);
        }
    }

    /**
     * It does not.
     *
     * @param reason one sentence
     */
    record Closed(String reason) implements Turn {}
}
