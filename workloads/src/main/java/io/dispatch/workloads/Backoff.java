package io.dispatch.workloads;

import java.time.Duration;

/**
 * How long to wait before a program that ended is started again: {@code first}, then doubled each time up to
 * {@code max}. A run that lasted longer than {@code max} starts the count anew.
 *
 * @param first above zero
 * @param max at least {@code first}
 */
public record Backoff(Duration first, Duration max) {

    /** 200 ms doubling to 30 s: a killed program is back at once, a broken one costs next to nothing. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    public Backoff {
        if (!first.isPositive() || first.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "first must be above zero and at most max, was %s of %s".formatted(first, max));
        }
    }

    /**
     * The wait after the {@code failures}-th end in a row.
     *
     * @param failures 1 or more
     * @return between {@code first} and {@code max}; saturates, never overflows
     */
    public Duration delay(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures must be 1 or more, was " + failures);
        }
        Duration delay = first;
        for (int n = 1; n < failures && delay.compareTo(max) < 0; n++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(max) < 0 ? delay : max;
    }
}
