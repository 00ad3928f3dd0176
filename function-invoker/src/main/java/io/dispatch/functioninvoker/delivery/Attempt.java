package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.run.RunRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for a delivery, and what follows.
 *
 * @param run the call's record, or null where no call was made or it was a probe that failed
 * @param result what came of the call, or null where none was made
 * @param made attempts so far, this one included
 * @param firstAt when the first of them began; null if none was made
 * @param outcome what follows
 * @param last what is known of the call beside its run, for a dead letter
 */
record Attempt(
        @Nullable RunRecord run,
        @Nullable CallResult result,
        int made,
        @Nullable Instant firstAt,
        Outcome outcome,
        Last last) {

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
