package io.dispatch.chaos;

import java.io.IOException;
import java.time.Duration;

/** Waiting for something that is to come true by itself. */
final class Wait {

    private static final Duration LOOK = Duration.ofMillis(50);

    private Wait() {}

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** @throws IllegalStateException if it has not come true in time */
    static void until(String what, Duration longest, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not after %d s: %s".formatted(longest.toSeconds(), what));
            }
            Thread.sleep(LOOK);
        }
    }
}
