package io.dispatch.eventmanager.replay;

import java.time.Duration;

/** Notices whether others append to the log, so that replays leave the machine to them. For one thread. */
final class Company {
    private static final double MANY_PER_SECOND = 100;

    private long appended;
    private long ours;
    private long lookedAt;

    /** We appended so many. */
    void weAppended(int events) {
        ours += events;
    }

    /**
     * Whether others have appended many events since the last look.
     *
     * @param appendedByAll events that were ever appended
     * @param nanoTime now, as {@link System#nanoTime} has it
     */
    boolean isThere(long appendedByAll, long nanoTime) {
        double others = appendedByAll - appended - ours;
        double seconds = (double) (nanoTime - lookedAt) / Duration.ofSeconds(1).toNanos();
        appended = appendedByAll;
        ours = 0;
        lookedAt = nanoTime;
        return others > 1 && others > MANY_PER_SECOND * seconds;
    }
}
