package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.LogEntry;
import io.dispatch.functioninvoker.delivery.Keys.EventKey;
import io.dispatch.functioninvoker.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event owed to one subscription, while it is in memory. */
final class Delivery {

    /** Where it stands; {@code due} and {@code dead} ones are rows, succeeded ones are runs. */
    enum State {
        WAITING,
        /** It waits until an event with the same key is done. */
        HELD,
        RUNNING,
        /** The call is over, and waits to be settled. */
        DONE,
        /** It left memory before its call began, and is a row. */
        LEFT
    }

    private final Window window;
    private final LogEntry entry;
    private DueRow row;

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

    private Delivery(Window window, Window.@Nullable Slot slot, LogEntry entry, DueRow row) {
        this.window = window;
        this.slot = slot;
        this.entry = entry;
        this.row = row;
        this.stored = slot == null;
    }

    /** As read from the log. */
    static Delivery fromLog(Window window, Window.Slot slot, LogEntry entry, long subscription) {
        var id = new RunId(entry.position(), subscription, 0);
        return new Delivery(window, slot, entry, DueRow.untried(id, Instant.EPOCH));
    }

    /** As read from a row. */
    static Delivery fromRow(Window window, LogEntry entry, DueRow row) {
        return new Delivery(window, null, entry, row);
    }

    Window window() {
        return window;
    }

    /** Whether it may still be called: its partition is neither lost nor left. */
    boolean isOurs() {
        return !window.isClosed();
    }

    Window.@Nullable Slot slot() {
        return slot;
    }

    LogEntry entry() {
        return entry;
    }

    long subscription() {
        return row.id().subscription();
    }

    /** What its row says, or would say if it had one: all of it is as it was before the attempt that is being made. */
    DueRow row() {
        return row;
    }

    /** It keeps its order under this key; for the lane, before anybody else has it. */
    void hold(String key) {
        row = row.under(key);
    }

    /** Whether it keeps its order under a key. */
    boolean isHeld() {
        return row.orderingKey() != null;
    }

    /** The key that it keeps its order under. */
    EventKey key() {
        String key = row.orderingKey();
        if (key == null) {
            throw new IllegalStateException("%s keeps no order".formatted(row.id()));
        }
        return new EventKey(entry.partition(), key);
    }

    /** Its own id, with attempt 0. */
    RunId id() {
        return row.id();
    }
}
