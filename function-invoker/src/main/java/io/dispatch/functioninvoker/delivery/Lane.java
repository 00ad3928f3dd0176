package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.functioninvoker.delivery.Keys.EventKey;
import io.dispatch.functioninvoker.delivery.LaneRows.Aging;
import io.dispatch.functioninvoker.delivery.LaneRows.Look;
import io.dispatch.functioninvoker.delivery.Outcome.RetryAt;
import io.dispatch.functioninvoker.delivery.Outcome.Succeeded;
import io.dispatch.functioninvoker.delivery.Settlement.Attempted;
import io.dispatch.functioninvoker.delivery.Settlement.Left;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
 * <p>Safe for any thread, by its monitor, which is never held while a call is made.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final long subscription;
    private final Supplier<Terms> terms;
    private final ConcurrencyLimit limit;
    private final int queue;
    private final Work work;
    private final Clock clock;

    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final LaneRows rows = new LaneRows();
    private final Gate gate = new Gate();
    private final Keys keys = new Keys();
    private int workers;
    private int running;
    private boolean stopped;

    /**
     * @param terms how deliveries are made at this moment
     * @param limit how many calls run at once where the terms do not say
     * @param queue the most deliveries that wait in memory, 0 or more
     * @param work what is done with each delivery
     */
    Lane(long subscription, Supplier<Terms> terms, ConcurrencyLimit limit, int queue, Work work, Clock clock) {
        this.subscription = subscription;
        this.terms = terms;
        this.limit = limit;
        this.queue = queue;
        this.work = work;
        this.clock = clock;
    }

    /**
     * What is done with each delivery.
     *
     * @param attempts makes the attempt that is due; null when the partition is lost or left; blocks, and never throws
     * @param settle takes what came of it
     * @param onFree told when there is room and rows may be due
     */
    record Work(Function<Delivery, @Nullable Attempt> attempts, Consumer<Settlement> settle, Runnable onFree) {}

    long subscription() {
        return subscription;
    }

    /** Takes a delivery from the log, or gives it to be settled as a row. */
    synchronized void offer(Delivery delivery) {
        if (stopped || !delivery.isOurs()) {
            return; // stays in the log, for whoever reads it next
        }
        @Nullable EventKey key = key(delivery);
        if (key != null) {
            delivery.hold(key.key());
        }
        if (key != null && keys.isHeld(key)) {
            delivery.state = Delivery.State.HELD;
            if (!keys.queue(key, delivery, queue)) {
                park(key, delivery).forEach(work.settle());
            }
            return;
        }
        if (key != null) {
            keys.begin(key, delivery.entry().position());
        }
        Instant now = clock.instant();
        if (rows.isBacklog() || (waiting.size() >= queue && mayBegin(now) <= 0)) {
            work.settle().accept(overflow(delivery, now));
        } else {
            waiting.add(delivery);
            startWorkers();
        }
    }

    /**
     * Lets go of a delivery whose event must leave the window.
     *
     * @return what is to become rows: nothing if its call is over and only waits to be settled, or its partition is not ours
     */
    synchronized List<Left> leave(Delivery delivery, Instant now) {
        if (!delivery.isOurs()) {
            return List.of(); // forgotten meanwhile
        }
        return switch (delivery.state) {
            case WAITING -> List.of(overflow(delivery, now));
            case RUNNING -> {
                rows.overflowRunning(delivery.entry().position());
                yield List.of(new Left(delivery, now));
            }
            case HELD -> park(delivery.key(), null);
            case DONE, LEFT -> List.of();
        };
    }

    private Left overflow(Delivery delivery, Instant now) {
        delivery.state = Delivery.State.LEFT;
        rows.overflow();
        return new Left(delivery, now);
    }

    private List<Left> park(EventKey key, @Nullable Delivery more) {
        List<Delivery> leaving = keys.park(key, more);
        leaving.forEach(held -> held.state = Delivery.State.LEFT);
        return leaving.stream().map(held -> new Left(held, DueRow.PARKED)).toList();
    }

    /** The key that a delivery from the log is to keep its order under; null for none. */
    private @Nullable EventKey key(Delivery delivery) {
        String said = DueRow.key(delivery.entry().event());
        if (said == null) {
            return null;
        }
        var key = new EventKey(delivery.entry().partition(), said);
        return terms.get().byKey() || keys.isHeld(key) ? key : null;
    }

    /** The key whose first parked row is to be made due when what came of a delivery is written down; null for none. */
    @Nullable
    synchronized EventKey parkedBehind(Delivery delivery, Attempt attempt) {
        boolean over = !(attempt.outcome() instanceof RetryAt);
        return over
                        && delivery.isHeld()
                        && keys.isParkedBehind(delivery.key(), delivery.entry().position())
                ? delivery.key()
                : null;
    }

    /** The first parked row of a key is due now. */
    synchronized void released(EventKey key, Position turn, Instant now) {
        keys.released(key, turn);
        rows.due(now);
    }

    /** Whether the first parked row of a key is to be made due, which was not there yet when it was last looked for. */
    synchronized boolean isWaiting(EventKey key) {
        return keys.isWaiting(key) && terms.get().state() != State.DELETED;
    }

    /** What a key of ours held when somebody else owned the partition. */
    synchronized void restore(EventKey key, Position turn, int parked) {
        keys.restore(key, turn, parked);
    }

    /** A delivery that left is a row now. */
    synchronized void written(Instant dueAt) {
        rows.written(dueAt);
    }

    /** A delivery that left is no row, as its partition is lost. */
    synchronized void unwritten(Instant dueAt) {
        rows.unwritten(dueAt);
    }

    /** An attempt was settled: its row, if there is one, may be taken again when it is due. */
    synchronized void settled(Delivery delivery, @Nullable Instant retryAt) {
        rows.unclaim(delivery.entry().position());
        if (retryAt != null) {
            rows.due(retryAt);
        } else if (delivery.isHeld()) {
            takeTurn(keys.done(delivery.key(), delivery.entry().position()));
        }
    }

    private void takeTurn(@Nullable Delivery next) {
        if (next != null) {
            next.state = Delivery.State.WAITING;
            waiting.add(next);
            startWorkers();
        }
    }

    /** There is a row that is due then. */
    synchronized void due(Instant at) {
        rows.due(at);
    }

    /** Rows that have never been tried were found when a partition was taken over: what comes now queues behind them. */
    synchronized void behind() {
        rows.behind();
    }

    /** When a row is due or a call may begin that may not now, as far as is known; null if there is nothing to wait for. */
    @Nullable
    synchronized Instant next() {
        Instant nextDue = rows.nextDue();
        Instant opens = waiting.isEmpty() && nextDue == null ? null : gate.opensAt(terms.get(), clock.instant());
        return opens == null ? nextDue : opens;
    }

    /** Begins the calls that may begin by now. */
    synchronized void goOn() {
        if (workers == 0 || terms.get().concurrency() != null) {
            limit.idle(System.nanoTime());
        }
        startWorkers();
    }

    /** Begins a look at rows that may be due: for free slots, and one ahead for each call, so that none waits for a look. */
    @Nullable
    synchronized Look look(Instant now) {
        forgetLeft();
        Terms current = terms.get();
        int most = limit.of(current);
        int free = Math.min(2 * most - workers, gate.allowance(current, now)) - waiting.size();
        return stopped || free <= 0 || waiting.size() > most / 2
                ? null
                : rows.look(free, current.state() == State.DELETED, now);
    }

    /**
     * Ends a look.
     *
     * @param found rows that are due, not more than were free
     * @param next when the next row is due, or null if there is none
     * @param drained whether no other row is due
     */
    synchronized void take(Look look, List<Delivery> found, @Nullable Instant next, boolean drained) {
        List<Delivery> ours = found.stream().filter(Delivery::isOurs).toList();
        rows.looked(look, ours, next, drained);
        waiting.addAll(ours);
        startWorkers();
    }

    /** Begins a look at rows that are too old, if it is time for one. */
    @Nullable
    synchronized Aging aging(Instant now) {
        Instant since = gate.closedSince();
        Terms current = terms.get();
        return stopped || since == null || current.state() != State.ACTIVE
                ? null
                : rows.aging(current.policy().maxAge(), since, now);
    }

    /** Gives up rows that are too old. */
    void giveUp(List<Delivery> old) {
        List<Delivery> ours;
        synchronized (this) {
            ours = old.stream().filter(Delivery::isOurs).toList();
            for (Delivery delivery : ours) {
                delivery.state = Delivery.State.RUNNING;
                delivery.tooOld = true;
                rows.claim(delivery.entry().position());
            }
        }
        ours.forEach(this::attempt);
    }

    /** Forgets what waits for a partition that is lost or left. */
    synchronized void forget(Window window) {
        waiting.stream().filter(delivery -> delivery.window() == window).forEach(rows::over);
        waiting.removeIf(delivery -> delivery.window() == window);
        rows.forget(window.partition());
        keys.forget(window.partition());
    }

    /** Begins no further call. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
    }

    /** How many calls are being made. */
    synchronized int calls() {
        return workers;
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
        return Math.min(limit.of(current) - workers, gate.allowance(current, now));
    }

    private void drain() {
        for (Delivery delivery = next(clock.instant()); delivery != null; delivery = next(clock.instant())) {
            attempt(delivery);
        }
    }

    private void attempt(Delivery delivery) {
        long began = System.nanoTime();
        Attempt attempt = work.attempts().apply(delivery);
        ended(delivery, attempt, began);
        if (attempt != null) {
            work.settle().accept(new Attempted(delivery, attempt));
            if (delivery.isHeld() && attempt.outcome() instanceof Succeeded) {
                goOnAfter(delivery);
            }
        }
    }

    /** The next of its key need not wait for the success to be written, as it will be written after that. */
    private synchronized void goOnAfter(Delivery delivery) {
        Position position = delivery.entry().position();
        if (!stopped && !keys.isParkedBehind(delivery.key(), position)) {
            takeTurn(keys.done(delivery.key(), position));
        }
    }

    private synchronized void ended(Delivery delivery, @Nullable Attempt attempt, long began) {
        running -= delivery.tooOld ? 0 : 1; // those make no call, so no worker has them
        rows.over(delivery);
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
            boolean wanted = !waiting.isEmpty() || rows.isBacklog();
            if (limit.ended(attempt.result(), terms.get(), began, System.nanoTime(), workers, wanted)) {
                startWorkers();
            }
        }
    }

    /** The next delivery, running; null ends the worker. */
    private synchronized @Nullable Delivery next(Instant now) {
        forgetLeft();
        Terms current = terms.get();
        if (rows.isDue(now) && waiting.size() <= limit.of(current) / 2) {
            work.onFree().run();
        }
        if (!waiting.isEmpty() && workers <= limit.of(current) && gate.allowance(current, now) > 0) {
            Delivery delivery = waiting.remove();
            delivery.state = Delivery.State.RUNNING;
            delivery.probe = gate.begin(current);
            running++;
            return delivery;
        }
        workers--;
        return null;
    }
}
