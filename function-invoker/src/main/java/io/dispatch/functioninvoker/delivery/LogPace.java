package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Signal;
import java.time.Duration;

/** When to look at the log again, as each look costs as much as some events: after a signal. One thread turns it. */
final class LogPace {

    /** A look that brings so many events has left some behind. */
    private static final int FULL_LOOK = 400;

    /** After a look that brings so many events more are about to come, and two looks would cost more than they hasten. */
    private static final int BUSY_LOOK = 16;

    private static final Duration BUSY_REST = Duration.ofMillis(2);

    private final LogFollower log;
    private final Signal signal;
    private final Duration longestWait;

    /** @param longestWait for a signal, as it may get lost; positive */
    LogPace(LogFollower log, Signal signal, Duration longestWait) {
        this.log = log;
        this.signal = signal;
        this.longestWait = longestWait;
    }

    /** Looks once and waits until it is time for the next look. */
    void turn() throws InterruptedException {
        int found = log.turn();
        if (found < FULL_LOOK) {
            if (found >= BUSY_LOOK) {
                Thread.sleep(BUSY_REST);
            }
            var _ = signal.await(longestWait);
        }
    }
}
