package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lane knows of its rows. For one thread at a time.
 *
 * <p>Invariant: while rows of deliveries that have never been tried are due, newer deliveries become rows too, so that they
 * queue behind them. Rows that wait for a retry hold nobody back.
 */
final class LaneRows {

    private static final Duration RAREST_AGING = Duration.ofHours(1);

    /** What the events of rows may take in memory, roughly: while it is as much, none is brought back. */
    static final long MOST_BYTES = 16 << 20;

    private final Set<Position> claimed = new HashSet<>();
    private boolean backlog;
    private long overflows;
    private int unwritten;
    private @Nullable Instant nextDue;
    private long bytes;
    private Instant nextAging = Instant.MIN;

    /**
     * A look at the rows that may be due.
     *
     * @param free how many of them may be taken
     * @param claimed those that are in memory already
     * @param overflows how many deliveries had left memory when the look began
     * @param over whether all rows are due, as the subscription is deleted
     */
    record Look(int free, Set<Position> claimed, long overflows, boolean over) {}

    /**
     * A look at the rows that are too old, while the function fails everything and nobody else finds that out.
     *
     * @param before whose first attempt began earlier is too old
     * @param since when age begins for those that have not been tried
     * @param claimed those that are in memory already
     */
    record Aging(Instant before, Instant since, Set<Position> claimed) {}

    /** Whether what comes must queue behind rows. */
    boolean isBacklog() {
        return backlog;
    }

    /** Rows that have never been tried were found when a partition was taken over: what comes now queues behind them. */
    void behind() {
        backlog = true;
    }

    /** A delivery that has not been called becomes a row. */
    void overflow() {
        backlog = true;
        overflows++;
        unwritten++;
    }

    /** A delivery that is being called becomes a row. */
    void overflowRunning(Position position) {
        claimed.add(position);
        unwritten++;
    }

    /** A delivery that left is a row now. */
    void written(Instant dueAt) {
        unwritten(dueAt);
        if (!dueAt.equals(DueRow.PARKED)) {
            due(dueAt);
        }
    }

    /** A delivery that left is no row. */
    void unwritten(Instant dueAt) {
        unwritten -= dueAt.equals(DueRow.PARKED) ? 0 : 1;
    }

    /** A row is in memory. */
    void claim(Position position) {
        claimed.add(position);
    }

    /** What came of a row is written. */
    void unclaim(Position position) {
        claimed.remove(position);
    }

    /** There is a row that is due then. */
    void due(Instant at) {
        if (nextDue == null || at.isBefore(nextDue)) {
            nextDue = at;
        }
    }

    /** When the next row is due, as far as is known; null if no row is. */
    @Nullable
    Instant nextDue() {
        return nextDue;
    }

    /** Whether a row is due, as far as is known. */
    boolean isDue(Instant now) {
        return nextDue != null && !nextDue.isAfter(now);
    }

    /** Begins a look, if a row may be due. */
    @Nullable
    Look look(int free, boolean over, Instant now) {
        if (nextDue == null || (nextDue.isAfter(now) && !over) || bytes >= MOST_BYTES) {
            return null;
        }
        nextDue = null; // what becomes due while we look sets it anew
        return new Look(free, Set.copyOf(claimed), overflows, over);
    }

    /**
     * Ends a look.
     *
     * @param found rows that are in memory now
     * @param next when the next row is due, or null if there is none
     * @param drained whether no other row is due
     */
    void looked(Look look, List<Delivery> found, @Nullable Instant next, boolean drained) {
        for (Delivery delivery : found) {
            claim(delivery.entry().position());
            bytes += Window.size(delivery.entry());
        }
        if (next != null) {
            due(next);
        }
        if (drained && look.overflows() == overflows && unwritten == 0) {
            backlog = false;
        }
    }

    /** The event of a delivery is in memory no more, or not for long: its call is over, or it was forgotten. */
    void over(Delivery delivery) {
        if (delivery.slot() == null && !delivery.tooOld) {
            bytes -= Window.size(delivery.entry());
        }
    }

    /** Begins a look at rows that are too old, if it is time for one. */
    @Nullable
    Aging aging(Duration maxAge, Instant since, Instant now) {
        if (nextAging.isAfter(now)) {
            return null;
        }
        Duration often = maxAge.dividedBy(20);
        nextAging = now.plus(often.compareTo(RAREST_AGING) < 0 ? often : RAREST_AGING);
        return new Aging(now.minus(maxAge), since, Set.copyOf(claimed));
    }

    /** A partition is lost. */
    void forget(int partition) {
        claimed.removeIf(position -> position.partition() == partition);
    }
}
