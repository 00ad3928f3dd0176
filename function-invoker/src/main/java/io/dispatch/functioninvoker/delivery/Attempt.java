package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.run.RunRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for a delivery, and what follows.
 *
 * @param run the call's record, or null where no call was to be made
 * @param made attempts so far, this one included
 * @param firstAt when the first of them began; null if none was made
 * @param outcome what follows
 * @param last what is known of the call beside its run, for a dead letter
 */
record Attempt(@Nullable RunRecord run, int made, @Nullable Instant firstAt, Outcome outcome, Last last) {

    /**
     * The last answer, and whose it was.
     *
     * @param subscription its name
     * @param function its name
     * @param status of HTTP, or null
     * @param answer one JSON value, bounded, or null
     */
    record Last(
            String subscription,
            String function,
            @Nullable Integer status,
            @Nullable String answer) {}
}
