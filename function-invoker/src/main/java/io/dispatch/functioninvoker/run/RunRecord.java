package io.dispatch.functioninvoker.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished call that an event triggered, as it is kept.
 *
 * @param functionName the number of the function's name, see {@link FunctionNames}
 * @param reply the event that the function answered with, or null
 */
public record RunRecord(
        RunId id,
        long functionName,
        Instant startedAt,
        Instant finishedAt,
        RunOutcome outcome,
        @Nullable Reply reply) {}
