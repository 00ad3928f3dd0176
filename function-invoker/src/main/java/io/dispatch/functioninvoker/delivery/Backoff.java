package io.dispatch.functioninvoker.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failed attempt: a value to compose, exponential first, then with jitter. */
@FunctionalInterface
interface Backoff {

    /**
     * The wait before the next attempt.
     *
     * @param failures how many attempts have failed so far, 1 or more
     * @return positive; saturates, never overflows
     */
    Duration after(int failures);

    /**
     * Doubles from {@code min} to {@code max}.
     *
     * @param min after the first failure; positive
     * @param max the longest wait; at least {@code min}
     */
    static Backoff exponential(Duration min, Duration max) {
        if (!min.isPositive() || min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "min must be positive and at most max, was %s of %s".formatted(min, max));
        }
        return failures -> {
            Duration wait = min;
            for (int n = 1; n < failures && wait.compareTo(max) < 0; n++) {
                wait = wait.multipliedBy(2);
            }
            return wait.compareTo(max) < 0 ? wait : max;
        };
    }

    /**
     * The same, spread evenly around its value so that what failed together does not come back together.
     *
     * @param rate 0 (no spread) to 1 (from nothing to twice the wait)
     */
    default Backoff withJitter(double rate, RandomGenerator random) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be 0 to 1, was " + rate);
        }
        return failures -> {
            long nanos = after(failures).toNanos();
            return Duration.ofNanos(Math.max(1, Math.round(nanos * (1 + rate * (2 * random.nextDouble() - 1)))));
        };
    }
}
