package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one lane, each with the event that is its turn and those that wait behind it. For one thread at a time.
 *
 * <p>Invariant: what waits behind an event either all waits in memory or all as parked rows, so that memory and rows never
 * have to be merged; while there are rows, what comes becomes one too.
 */
final class Keys {

    private final Map<EventKey, Held> held = new HashMap<>();
    private int queued;

    /**
     * A key in a partition.
     *
     * @param key see {@link DueRow#key}
     */
    record EventKey(int partition, String key) {}

    private static final class Held {
        /** Whose turn it is; null when it is that of the first parked row, which is still to be made due. */
        private @Nullable Position turn;

        private final Deque<Delivery> queue = new ArrayDeque<>();
        private int parked;
    }

    /** Whether events of this key wait for one before them. */
    boolean isHeld(EventKey key) {
        return held.containsKey(key);
    }

    /** The first event of a key comes: it is its turn. */
    void begin(EventKey key, Position turn) {
        Held fresh = new Held();
        fresh.turn = turn;
        held.put(key, fresh);
    }

    /**
     * A further event of a key that is held waits in memory.
     *
     * @param most so many of all keys may wait there
     * @return false if it must be parked, with all that {@link #park} gives before it
     */
    boolean queue(EventKey key, Delivery delivery, int most) {
        Held behind = get(key);
        if (behind.parked > 0 || queued >= most) {
            return false;
        }
        behind.queue.add(delivery);
        queued++;
        return true;
    }

    /**
     * All that waits in memory behind a key's turn is parked, and so is one more if that is given.
     *
     * @return what is to become rows, in order
     */
    List<Delivery> park(EventKey key, @Nullable Delivery more) {
        Held behind = get(key);
        List<Delivery> leaving = new ArrayList<>(behind.queue);
        queued -= behind.queue.size();
        behind.queue.clear();
        if (more != null) {
            leaving.add(more);
        }
        behind.parked += leaving.size();
        return leaving;
    }

    /**
     * An event of a key is done.
     *
     * @return the next one, if it is in memory; its turn has come
     */
    @Nullable
    Delivery done(EventKey key, Position done) {
        @Nullable Held behind = held.get(key);
        if (behind == null || !done.equals(behind.turn)) {
            return null;
        }
        @Nullable Delivery next = behind.queue.poll();
        if (next != null) {
            queued--;
            behind.turn = next.entry().position();
        } else if (behind.parked == 0) {
            held.remove(key);
        } else {
            behind.turn = null;
        }
        return next;
    }

    /** Whether the first parked row is to be made due once this event is done. */
    boolean isParkedBehind(EventKey key, Position turn) {
        @Nullable Held behind = held.get(key);
        return behind != null && behind.parked > 0 && turn.equals(behind.turn);
    }

    /** Whether the first parked row is to be made due now. */
    boolean isWaiting(EventKey key) {
        @Nullable Held behind = held.get(key);
        return behind != null && behind.turn == null;
    }

    /** The first parked row was made due. */
    void released(EventKey key, Position turn) {
        @Nullable Held behind = held.get(key);
        if (behind != null && behind.turn == null) {
            behind.turn = turn;
            behind.parked--;
        }
    }

    /** As an owner before us has left it. */
    void restore(EventKey key, Position turn, int parked) {
        begin(key, turn);
        get(key).parked = parked;
    }

    /** A partition is lost. */
    void forget(int partition) {
        held.entrySet().removeIf(entry -> {
            boolean lost = entry.getKey().partition() == partition;
            queued -= lost ? entry.getValue().queue.size() : 0;
            return lost;
        });
    }

    private Held get(EventKey key) {
        Held behind = held.get(key);
        if (behind == null) {
            throw new IllegalStateException("nothing is held under " + key);
        }
        return behind;
    }
}
