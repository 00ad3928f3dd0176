package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.functioninvoker.delivery.Settlement.Attempted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries of one subscription: so many calls at once, so many more waiting, and the rest as rows. What one function
 * does to its lane, no other lane notices.
 *
 * <p>Invariant: while rows of deliveries that have never been tried are due, newer deliveries become rows too, so that they
 * queue behind them. Rows that wait for a retry hold nobody back. Safe for any thread.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration RAREST_AGING = Duration.ofHours(1);

    private final long subscription;
    private final Supplier<Terms> terms;
    private final int queue;
    private final Work work;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final Set<Position> claimed = new HashSet<>();
    private final Gate gate = new Gate();
    private int workers;
    private int running;
    private boolean stopped;
    private boolean backlog;
    private long overflows;
    private int unwritten;
    private @Nullable Instant nextDue;
    private Instant nextAging = Instant.MIN;

    /**
     * @param terms how deliveries are made at this moment
     * @param queue the most deliveries that wait in memory, 0 or more
     * @param work what is done with each delivery
     */
    Lane(long subscription, Supplier<Terms> terms, int queue, Work work, Clock clock) {
        this.subscription = subscription;
        this.terms = terms;
        this.queue = queue;
        this.work = work;
        this.clock = clock;
    }

    /**
     * What is done with each delivery.
     *
     * @param attempts makes the attempt that is due; null when the partition is lost; blocks, and never throws
     * @param settle takes what came of it
     * @param onFree told when a slot became free and rows may be due
     */
    record Work(Function<Delivery, @Nullable Attempt> attempts, Consumer<Settlement> settle, Runnable onFree) {}

    /**
     * A look at the rows that may be due.
     *
     * @param free how many of them may be taken
     * @param claimed those that are in memory already
     * @param overflows how many deliveries had left memory when the look began
     * @param over whether all rows are due, as the subscription is deleted
     */
    record Look(int free, Set<Position> claimed, long overflows, boolean over) {}

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
            if (backlog || (waiting.size() >= queue && mayBegin(clock.instant()) <= 0)) {
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

    /** When a row is due or a call may begin that may not now, as far as is known; null if there is nothing to wait for. */
    @Nullable
    Instant next() {
        lock.lock();
        try {
            Instant opens = waiting.isEmpty() && nextDue == null ? null : gate.opensAt(terms.get(), clock.instant());
            return opens == null ? nextDue : opens;
        } finally {
            lock.unlock();
        }
    }

    /** Begins the calls that may begin by now. */
    void goOn() {
        lock.lock();
        try {
            startWorkers();
        } finally {
            lock.unlock();
        }
    }

    /** Begins a look at rows, if one may be due and a slot is free. */
    @Nullable
    Look look(Instant now) {
        lock.lock();
        try {
            boolean over = terms.get().state() == State.DELETED;
            forgetLeft();
            int free = mayBegin(now) - waiting.size();
            if (stopped || free <= 0 || nextDue == null || (nextDue.isAfter(now) && !over)) {
                return null;
            }
            nextDue = null; // what becomes due while we look sets it anew
            return new Look(free, Set.copyOf(claimed), overflows, over);
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

    /**
     * A look at the rows that are too old, while the function fails everything and nobody else finds that out.
     *
     * @param before whose first attempt began earlier is too old
     * @param since when age begins for those that have not been tried
     * @param claimed those that are in memory already
     */
    record Aging(Instant before, Instant since, Set<Position> claimed) {}

    /** Begins a look at rows that are too old, if it is time for one. */
    @Nullable
    Aging aging(Instant now) {
        lock.lock();
        try {
            Instant since = gate.closedSince();
            Terms current = terms.get();
            if (stopped || since == null || current.state() != State.ACTIVE || nextAging.isAfter(now)) {
                return null;
            }
            Duration maxAge = current.policy().maxAge();
            Duration often = maxAge.dividedBy(20);
            nextAging = now.plus(often.compareTo(RAREST_AGING) < 0 ? often : RAREST_AGING);
            return new Aging(now.minus(maxAge), since, Set.copyOf(claimed));
        } finally {
            lock.unlock();
        }
    }

    /** Gives up rows that are too old. */
    void giveUp(List<Delivery> old) {
        lock.lock();
        try {
            for (Delivery delivery : old) {
                delivery.state = Delivery.State.RUNNING;
                delivery.tooOld = true;
                claimed.add(delivery.entry().position());
            }
        } finally {
            lock.unlock();
        }
        old.forEach(this::attempt);
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
        forgetLeft();
        int unserved = stopped ? 0 : waiting.size() - (workers - running);
        if (unserved <= 0) {
            return;
        }
        for (int left = Math.min(unserved, mayBegin(clock.instant())); left > 0; left--) {
            workers++;
            Thread.ofVirtual().name("lane-" + subscription).start(this::drain);
        }
    }

    private void forgetLeft() {
        while (!waiting.isEmpty() && waiting.peek().state != Delivery.State.WAITING) {
            waiting.remove();
        }
    }

    /** How many calls may begin beside those that are being made. */
    private int mayBegin(Instant now) {
        Terms current = terms.get();
        return Math.min(current.concurrency() - workers, gate.allowance(current, now));
    }

    private void drain() {
        for (Delivery delivery = next(clock.instant()); delivery != null; delivery = next(clock.instant())) {
            attempt(delivery);
        }
    }

    private void attempt(Delivery delivery) {
        Attempt attempt = work.attempts().apply(delivery);
        ended(delivery, attempt);
        if (attempt != null) {
            work.settle().accept(new Attempted(delivery, attempt));
        }
    }

    private void ended(Delivery delivery, @Nullable Attempt attempt) {
        lock.lock();
        try {
            running -= delivery.tooOld ? 0 : 1; // those make no call, so no worker has them
            if (attempt == null || attempt.result() == null) {
                if (delivery.probe) {
                    gate.abandoned();
                }
            } else if (gate.ended(
                    delivery.entry().position(), delivery.probe, attempt.result(), terms.get(), clock.instant())) {
                log.atWarn()
                        .addKeyValue("organization", delivery.entry().organization())
                        .addKeyValue("subscription", attempt.last().subscription())
                        .addKeyValue("function", attempt.last().function())
                        .log(
                                gate.closedSince() == null
                                        ? "the function works again"
                                        : "the function fails everything: all wait, and it is probed");
            }
            if (attempt != null) {
                delivery.state = Delivery.State.DONE;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next delivery, running; null ends the worker. */
    private @Nullable Delivery next(Instant now) {
        boolean rowsMayBeDue;
        lock.lock();
        try {
            forgetLeft();
            Terms current = terms.get();
            if (!waiting.isEmpty() && workers <= current.concurrency() && gate.allowance(current, now) > 0) {
                Delivery delivery = waiting.remove();
                delivery.state = Delivery.State.RUNNING;
                delivery.probe = gate.begin(current);
                running++;
                return delivery;
            }
            workers--;
            rowsMayBeDue = nextDue != null;
        } finally {
            lock.unlock();
        }
        if (rowsMayBeDue) {
            work.onFree().run();
        }
        return null;
    }
}
