package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is owed and not in memory.
 *
 * @param id with attempt 0
 * @param dueAt when the next attempt is due
 * @param attempts made so far
 * @param attemptsBefore those of them that were made before it was dead and redriven
 * @param firstAttemptAt null if none was made, or none since it was redriven
 * @param reason why the last attempt failed; null if none was made
 * @param redriven whether its event is read from its dead letter, not from the log
 */
record DueRow(
        RunId id,
        Instant dueAt,
        int attempts,
        int attemptsBefore,
        @Nullable Instant firstAttemptAt,
        @Nullable String reason,
        boolean redriven) {

    /** One that has just left the log. */
    static DueRow untried(RunId id, Instant dueAt) {
        return new DueRow(id, dueAt, 0, 0, null, null, false);
    }

    /** One that was dead. */
    static DueRow redriven(RunId id, Instant dueAt, int attempts) {
        return new DueRow(id, dueAt, attempts, attempts, null, null, true);
    }

    /** The same, due again. */
    DueRow again(Instant at) {
        return new DueRow(id, at, attempts, attemptsBefore, firstAttemptAt, reason, redriven);
    }

    /** The same after an attempt. */
    DueRow after(Instant at, int made, @Nullable Instant firstAt, String why) {
        return new DueRow(id, at, made, attemptsBefore, firstAt, why, redriven);
    }
}
