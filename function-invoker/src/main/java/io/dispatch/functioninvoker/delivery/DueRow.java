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
 * @param firstAttemptAt null if none was made
 * @param reason why the last attempt failed; null if none was made
 */
record DueRow(
        RunId id,
        Instant dueAt,
        int attempts,
        @Nullable Instant firstAttemptAt,
        @Nullable String reason) {}
