package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.delivery.Settlement.Attempted;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one subscription: so many calls at once, so many more waiting, and the rest as rows. What one function
 * does to its lane, no other lane notices.
 *
 * <p>Invariant: while rows of deliveries that have never been tried are due, newer deliveries become rows too, so that they
 * queue behind them. Rows that wait for a retry hold nobody back. Safe for any thread.
 */
final class Lane {

    private final long subscription;
    private final int concurrency;
    private final int queue;
    private final Work work;
    private final Runnable onFree;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final Set<Position> claimed = new HashSet<>();
    private int workers;
    private boolean stopped;
    private boolean backlog;
    private long overflows;
    private int unwritten;
    private @Nullable Instant nextDue;

    /**
     * @param concurrency the most calls at once, 1 or more
     * @param queue the most deliveries that wait in memory, 0 or more
     * @param work what is done with each delivery
     * @param onFree told when a slot became free and rows may be due
     */
    Lane(long subscription, int concurrency, int queue, Work work, Runnable onFree) {
        this.subscription = subscription;
        this.concurrency = concurrency;
        this.queue = queue;
        this.work = work;
        this.onFree = onFree;
    }

    /**
     * What is done with each delivery.
     *
     * @param attempts makes the attempt that is due; null when the partition is lost; blocks, and never throws
     * @param settle takes what came of it
     */
    record Work(Function<Delivery, @Nullable Attempt> attempts, Consumer<Settlement> settle) {}

    /**
     * A look at the rows that may be due.
     *
     * @param free how many of them may be taken
     * @param claimed those that are in memory already
     * @param overflows how many deliveries had left memory when the look began
     */
    record Look(int free, Set<Position> claimed, long overflows) {}

    long subscription() {
        return subscription;
    }

    /** Takes a delivery from the log; false if it must become a row. */
    boolean offer(Delivery delivery) {
        lock.lock();
        try {
            if (stopped) {
                return true; // stays in the log, for whoever reads it next
            }
            if (backlog || (waiting.size() >= queue && workers >= concurrency)) {
                overflow(delivery);
                return false;
            }
            waiting.add(delivery);
            startWorkers();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets go of a delivery whose event must leave the window.
     *
     * @return whether a row is to be made of it; false if its call is over and only waits to be settled
     */
    boolean leave(Delivery delivery) {
        lock.lock();
        try {
            switch (delivery.state) {
                case WAITING -> overflow(delivery);
                case RUNNING -> {
                    claimed.add(delivery.entry().position());
                    unwritten++;
                }
                case DONE, LEFT -> {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void overflow(Delivery delivery) {
        delivery.state = Delivery.State.LEFT;
        backlog = true;
        overflows++;
        unwritten++;
    }

    /** A delivery that left is a row now. */
    void written(Instant dueAt) {
        lock.lock();
        try {
            unwritten--;
            due(dueAt);
        } finally {
            lock.unlock();
        }
    }

    /** An attempt was settled: its row, if there is one, may be taken again when it is due. */
    void settled(Delivery delivery, @Nullable Instant retryAt) {
        lock.lock();
        try {
            claimed.remove(delivery.entry().position());
            if (retryAt != null) {
                due(retryAt);
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is a row that is due then. */
    void due(Instant at) {
        lock.lock();
        try {
            if (nextDue == null || at.isBefore(nextDue)) {
                nextDue = at;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Rows that have never been tried were found when a partition was taken over: what comes now queues behind them. */
    void behind() {
        lock.lock();
        try {
            backlog = true;
        } finally {
            lock.unlock();
        }
    }

    /** When the next row is due, as far as is known; null if no row is. */
    @Nullable
    Instant nextDue() {
        lock.lock();
        try {
            return nextDue;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a look at rows, if one may be due and a slot is free. */
    @Nullable
    Look look(Instant now) {
        lock.lock();
        try {
            int free = concurrency - workers - waiting.size();
            if (stopped || free <= 0 || nextDue == null || nextDue.isAfter(now)) {
                return null;
            }
            nextDue = null; // what becomes due while we look sets it anew
            return new Look(free, Set.copyOf(claimed), overflows);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a look.
     *
     * @param found rows that are due, not more than were free
     * @param next when the next row is due, or null if there is none
     * @param drained whether no other row is due
     */
    void take(Look look, List<Delivery> found, @Nullable Instant next, boolean drained) {
        lock.lock();
        try {
            for (Delivery delivery : found) {
                claimed.add(delivery.entry().position());
                waiting.add(delivery);
            }
            if (next != null) {
                due(next);
            }
            if (drained && look.overflows() == overflows && unwritten == 0) {
                backlog = false;
            }
            startWorkers();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits for a partition that is lost. */
    void forget(Window window) {
        lock.lock();
        try {
            waiting.removeIf(delivery -> delivery.window() == window);
            claimed.removeIf(position -> position.partition() == window.partition());
        } finally {
            lock.unlock();
        }
    }

    /** Begins no further call. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many calls are being made. */
    int calls() {
        lock.lock();
        try {
            return workers;
        } finally {
            lock.unlock();
        }
    }

    private void startWorkers() {
        for (int idle = waiting.size(); idle > 0 && workers < concurrency; idle--) {
            workers++;
            Thread.ofVirtual().name("lane-" + subscription).start(this::drain);
        }
    }

    private void drain() {
        for (Delivery delivery = next(); delivery != null; delivery = next()) {
            Attempt attempt = work.attempts().apply(delivery);
            if (attempt != null) {
                done(delivery);
                work.settle().accept(new Attempted(delivery, attempt));
            }
        }
    }

    private void done(Delivery delivery) {
        lock.lock();
        try {
            delivery.state = Delivery.State.DONE;
        } finally {
            lock.unlock();
        }
    }

    /** The next delivery, running; null ends the worker. */
    private @Nullable Delivery next() {
        boolean rowsMayBeDue;
        lock.lock();
        try {
            for (Delivery delivery = waiting.poll(); delivery != null; delivery = waiting.poll()) {
                if (delivery.state == Delivery.State.WAITING) {
                    delivery.state = Delivery.State.RUNNING;
                    return delivery;
                }
            }
            workers--;
            rowsMayBeDue = nextDue != null;
        } finally {
            lock.unlock();
        }
        if (rowsMayBeDue) {
            onFree.run();
        }
        return null;
    }
}
