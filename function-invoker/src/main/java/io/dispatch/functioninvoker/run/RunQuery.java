package io.dispatch.functioninvoker.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are asked for.
 *
 * @param functionName of this function only, or null for all
 * @param event triggered by this event only, or null for all: the platform's id or the sender's
 * @param modifiedAfter begun or ended after this instant
 * @param most at most so many, the newest, from 1
 */
record RunQuery(
        String organization,
        @Nullable String functionName,
        @Nullable String event,
        Instant modifiedAfter,
        int most) {

    /** The longest timeout and some: no call begun before {@code modifiedAfter} minus this can have ended after it. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(30);

    /** Nothing was recorded before; and no database time is. */
    private static final Instant FIRST = Instant.EPOCH;

    RunQuery {
        modifiedAfter = modifiedAfter.isBefore(FIRST) ? FIRST : modifiedAfter;
    }

    /** Narrows the search to a part of the index. */
    Instant startedAfter() {
        return modifiedAfter.equals(FIRST) ? FIRST : modifiedAfter.minus(LONGEST_CALL);
    }
}
