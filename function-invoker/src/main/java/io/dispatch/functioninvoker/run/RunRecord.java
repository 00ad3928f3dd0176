package io.dispatch.functioninvoker.run;

import java.time.Instant;

/**
 * A finished call that an event triggered, as it is kept.
 *
 * @param functionName the number of the function's name, see {@link FunctionNames}
 */
public record RunRecord(RunId id, long functionName, Instant startedAt, Instant finishedAt, RunOutcome outcome) {}
