package io.dispatch.driver;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after a failure: 200 ms doubling to one minute, of which a random half is left out, so that many drivers do
 * not come back at once.
 */
record Backoff(RandomGenerator random) {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Beyond this a {@code Retry-After} is not believed: a driver must notice that its sink is back. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

    private static final int MAX_DOUBLINGS = 10;

    /**
     * @param failures how many failures there were before this one
     * @param atLeast what the other side asked for, null if nothing
     */
    Duration delay(int failures, @Nullable Duration atLeast) {
        long doubled = FIRST.toMillis() << Math.min(failures, MAX_DOUBLINGS);
        long longest = Math.min(doubled, LONGEST.toMillis());
        Duration wait = Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
        if (atLeast == null || atLeast.compareTo(wait) < 0) {
            return wait;
        }
        return atLeast.compareTo(LONGEST_ASKED) < 0 ? atLeast : LONGEST_ASKED;
    }
}
