package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call to make.
 *
 * @param organization the tenant
 * @param function the function's name; it need not exist
 * @param event what the function is called with; for a direct run an event of type {@value #DIRECT_RUN}
 * @param secrets names of secrets beside the function's own
 * @param id the same on every attempt, so that a function can tell a repetition
 * @param attempt 1 for the first
 * @param limit the longest the call may take if that is less than the function's own timeout, or null
 */
public record Call(
        String organization,
        String function,
        Event event,
        List<String> secrets,
        UUID id,
        int attempt,
        @Nullable Duration limit) {

    /** The type of the event that stands for a run which no event triggered. */
    public static final String DIRECT_RUN = "dispatch.run";

    boolean isDirect() {
        return event.type().equals(DIRECT_RUN);
    }
}
