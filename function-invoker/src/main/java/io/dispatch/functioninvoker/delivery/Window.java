package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.LogEntry;
import io.dispatch.functioninvoker.run.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A partition that is ours: the lease, and the events that were read and are not settled.
 *
 * <p>Invariant: every delivery of an event below {@link #offset()} is done, dead or a row; the slots hold, in order and
 * without gaps, the events from there up to {@link #nextRead()}.
 *
 * <p>One thread reads into it, one settles, any number ask whether they may still call: the lock is for those.
 */
final class Window {

    /** So many events that nobody wants are passed over before the offset is written down for them alone. */
    private static final int MOST_UNWANTED = 10_000;

    private final int partition;
    private final long epoch;
    private final Set<RunId> settledBefore;

    /** What {@link Leases.Held#redrives} was when the rows were last looked for; for the thread that keeps leases only. */
    long redrives;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition leaseChanged = lock.newCondition();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long offset;
    private long writtenOffset;
    private long advancedOffset;
    private long unwanted;
    private long nextRead;
    private long bytes;
    private int owed;
    private long validUntil;
    private int calls;
    private boolean leaving;
    private long leaveBy;
    private boolean lost;

    /**
     * @param epoch of our lease
     * @param offset the first event that is not settled
     * @param settledBefore deliveries at or beyond {@code offset} that an owner before us has settled, with attempt 0
     * @param validUntil when the lease ends, in {@link System#nanoTime()}
     */
    Window(int partition, long epoch, long offset, Set<RunId> settledBefore, long validUntil) {
        this.partition = partition;
        this.epoch = epoch;
        this.offset = offset;
        this.writtenOffset = offset;
        this.advancedOffset = offset;
        this.nextRead = offset;
        this.settledBefore = new HashSet<>(settledBefore);
        this.validUntil = validUntil;
    }

    /** An event that was read, and its deliveries that are neither settled nor rows. */
    static final class Slot {
        private final int bytes;
        private final long readAt;
        private final List<Delivery> deliveries = new ArrayList<>(1);

        private Slot(int bytes, long readAt) {
            this.bytes = bytes;
            this.readAt = readAt;
        }
    }

    int partition() {
        return partition;
    }

    long epoch() {
        return epoch;
    }

    /** The first offset that is not settled. */
    long offset() {
        lock.lock();
        try {
            return offset;
        } finally {
            lock.unlock();
        }
    }

    /** The next offset to read. */
    long nextRead() {
        lock.lock();
        try {
            return nextRead;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many more events it takes; 0 when it is full by count or size. An event that many subscriptions want counts as often as it
     * is still owed, as it is its deliveries that take memory.
     */
    int room(int maxEvents, long maxBytes) {
        lock.lock();
        try {
            return isClosed() || bytes >= maxBytes ? 0 : Math.max(0, maxEvents - Math.max(slots.size(), owed));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next event of the log.
     *
     * @param now in {@link System#nanoTime()}
     * @return its deliveries that are still to be made
     */
    List<Delivery> add(LogEntry entry, long now) {
        lock.lock();
        try {
            if (entry.subscriptions().length == 0 && slots.isEmpty()) {
                nextRead = entry.offset() + 1;
                offset = nextRead;
                unwanted++;
                return List.of();
            }
            var slot = new Slot(size(entry), now);
            for (long subscription : entry.subscriptions()) {
                boolean settled =
                        !settledBefore.isEmpty() && settledBefore.remove(new RunId(entry.position(), subscription, 0));
                if (!settled) {
                    slot.deliveries.add(Delivery.fromLog(this, slot, entry, subscription));
                }
            }
            slots.add(slot);
            owed += slot.deliveries.size();
            bytes += slot.bytes;
            nextRead = entry.offset() + 1;
            return List.copyOf(slot.deliveries);
        } finally {
            lock.unlock();
        }
    }

    /** The offset need not wait for this delivery any more; nothing happens for one that came from a row. */
    void close(Delivery delivery) {
        Slot slot = delivery.slot();
        if (slot == null) {
            return;
        }
        lock.lock();
        try {
            owed -= slot.deliveries.remove(delivery) ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Moves the offset over all events whose deliveries are closed. */
    long advance() {
        lock.lock();
        try {
            while (!slots.isEmpty() && slots.peekFirst().deliveries.isEmpty()) {
                bytes -= slots.removeFirst().bytes;
                offset++;
            }
            advancedOffset = offset;
            return offset;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the offset can move, or has moved beyond what is written down by more than a few events that nobody wants: those
     * cost nothing to be read again.
     */
    boolean hasMoved() {
        lock.lock();
        try {
            long ahead = offset - writtenOffset;
            return ahead > unwanted
                    || ahead >= MOST_UNWANTED
                    || (!slots.isEmpty() && slots.peekFirst().deliveries.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Whether the offset is beyond what is written down. */
    boolean isAhead() {
        lock.lock();
        try {
            return offset != writtenOffset;
        } finally {
            lock.unlock();
        }
    }

    /** The offset that the last {@link #advance} gave is written down. */
    void written() {
        lock.lock();
        try {
            writtenOffset = advancedOffset;
            unwanted = offset - advancedOffset;
        } finally {
            lock.unlock();
        }
    }

    /** The deliveries that hold the offset for longer than this. */
    List<Delivery> olderThan(Duration age, long now) {
        lock.lock();
        try {
            List<Delivery> old = new ArrayList<>();
            for (Slot slot : slots) {
                if (now - slot.readAt <= age.toNanos()) {
                    break;
                }
                old.addAll(slot.deliveries);
            }
            return old;
        } finally {
            lock.unlock();
        }
    }

    /** The lease was prolonged up to this {@link System#nanoTime()}. */
    void renewed(long until) {
        lock.lock();
        try {
            validUntil = until;
            leaseChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else has the partition: nothing of it is to be called or settled any more. */
    void lose() {
        lock.lock();
        try {
            lost = true;
            leaseChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isLost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Another is to have the partition: nothing more of it is read or begun, and what runs may end.
     *
     * @param by when nothing is waited for any longer, in {@link System#nanoTime()}
     */
    void leave(long by) {
        lock.lock();
        try {
            leaving = true;
            leaveBy = by;
            leaseChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more of it is to begin. */
    boolean isClosed() {
        lock.lock();
        try {
            return leaving || lost;
        } finally {
            lock.unlock();
        }
    }

    /** Whether another may have the partition now: what came of the calls is written down, or took too long. */
    boolean mayGo() {
        lock.lock();
        try {
            return leaving && (calls == 0 || leaveBy - System.nanoTime() <= 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins an attempt. Waits while the lease has run out and nobody has taken the partition, so that no call begins that somebody
     * else may make.
     *
     * @return whether it may be made: then {@link #ended} must follow; false when the partition is lost or another is to have it
     */
    boolean begin() throws InterruptedException {
        lock.lock();
        try {
            while (!isClosed() && validUntil - System.nanoTime() <= 0) {
                leaseChanged.await();
            }
            calls += isClosed() ? 0 : 1;
            return !isClosed();
        } finally {
            lock.unlock();
        }
    }

    /** What came of an attempt is written down, or nothing will ever come of it. */
    void ended() {
        lock.lock();
        try {
            calls--;
        } finally {
            lock.unlock();
        }
    }

    /** What an event takes in memory, roughly: its payload, and some for each attribute. */
    static int size(LogEntry entry) {
        byte[] data = entry.event().data();
        return (data == null ? 0 : data.length)
                + 100 * entry.event().attributes().size();
    }
}
