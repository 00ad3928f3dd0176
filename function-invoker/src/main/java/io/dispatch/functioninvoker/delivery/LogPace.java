package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.AppendSignal;
import java.time.Duration;

/**
 * When to look at the log again, as each look costs as much as some events: in quiet times after a signal, in busy ones, when
 * there are no signals, a little later the more the last look brought. One thread turns it.
 */
final class LogPace {

    private static final Duration BUSY_REST = Duration.ofMillis(1);
    private static final int MOST_RESTS = 4;

    /** A look that brings so many events has left some behind. */
    private static final int FULL_LOOK = 400;

    /** After so many looks in vain the busy time is over. */
    private static final int LOOKS_IN_VAIN = 50;

    private final LogFollower log;
    private final AppendSignal signal;
    private final Duration idleWait;
    private boolean signalled;
    private boolean busy = true;
    private int inVain;

    /** @param idleWait the longest wait for a signal; positive */
    LogPace(LogFollower log, AppendSignal signal, Duration idleWait) {
        this.log = log;
        this.signal = signal;
        this.idleWait = idleWait;
    }

    /** Looks once and waits until it is time for the next look. */
    void turn() throws InterruptedException {
        int read = log.turn();
        if (read > 0) {
            inVain = 0;
            busy = !signalled;
        } else if (++inVain > LOOKS_IN_VAIN) {
            busy = false;
        }
        if (read < FULL_LOOK) {
            signalled = signal.await(busy ? BUSY_REST.multipliedBy(Math.clamp(read, 1, MOST_RESTS)) : idleWait);
        }
    }
}
