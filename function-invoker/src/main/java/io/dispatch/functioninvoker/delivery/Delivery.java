package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.LogEntry;
import io.dispatch.functioninvoker.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event owed to one subscription, while it is in memory. */
final class Delivery {

    /** Where it stands; {@code due} and {@code dead} ones are rows, succeeded ones are runs. */
    enum State {
        WAITING,
        RUNNING,
        /** The call is over, and waits to be settled. */
        DONE,
        /** It left memory before its call began, and is a row. */
        LEFT
    }

    private final Window window;
    private final LogEntry entry;
    private final long subscription;
    private final int attempts;
    private final @Nullable Instant firstAttemptAt;

    /** Guarded by the lane's lock. */
    State state = State.WAITING;

    /** Whether its call only asks if the function is well again; set before the call, by the thread that makes it. */
    boolean probe;

    /** Whether it ends without a call; set by the thread that ends it. */
    boolean tooOld;

    /** Whether it has a row; for the thread that settles only. */
    boolean stored;

    /** Its place in the window, null for one that came from a row. */
    private final Window.@Nullable Slot slot;

    private Delivery(
            Window window,
            Window.@Nullable Slot slot,
            LogEntry entry,
            long subscription,
            int attempts,
            @Nullable Instant firstAttemptAt) {
        this.window = window;
        this.slot = slot;
        this.entry = entry;
        this.subscription = subscription;
        this.attempts = attempts;
        this.firstAttemptAt = firstAttemptAt;
        this.stored = slot == null;
    }

    /** As read from the log. */
    static Delivery fromLog(Window window, Window.Slot slot, LogEntry entry, long subscription) {
        return new Delivery(window, slot, entry, subscription, 0, null);
    }

    /**
     * As read from a row.
     *
     * @param attempts made so far
     * @param firstAttemptAt null if none was made
     */
    static Delivery fromRow(
            Window window, LogEntry entry, long subscription, int attempts, @Nullable Instant firstAttemptAt) {
        return new Delivery(window, null, entry, subscription, attempts, firstAttemptAt);
    }

    Window window() {
        return window;
    }

    Window.@Nullable Slot slot() {
        return slot;
    }

    LogEntry entry() {
        return entry;
    }

    long subscription() {
        return subscription;
    }

    int attempts() {
        return attempts;
    }

    @Nullable
    Instant firstAttemptAt() {
        return firstAttemptAt;
    }

    /** Its own id, with attempt 0. */
    RunId id() {
        return new RunId(entry.position(), subscription, 0);
    }
}
