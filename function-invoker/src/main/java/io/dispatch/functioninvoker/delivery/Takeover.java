package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Deliveries.FirstDue;
import io.dispatch.functioninvoker.delivery.Deliveries.HeldKey;
import io.dispatch.functioninvoker.run.RunId;
import java.time.Clock;
import java.util.Set;

/**
 * Begins where the owner before us ended: what it settled beyond the offset is skipped, and the lanes learn of their rows. So
 * a kill costs at most the calls in flight and the batch that was not settled as duplicates.
 */
final class Takeover {

    private final Books books;
    private final Deliveries deliveries;
    private final Subscriptions subscriptions;
    private final Lanes lanes;
    private final Clock clock;

    Takeover(Books books, Deliveries deliveries, Subscriptions subscriptions, Lanes lanes, Clock clock) {
        this.books = books;
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.lanes = lanes;
        this.clock = clock;
    }

    /**
     * Begins with a partition; the keys that are held are known before anything is read on.
     *
     * @param validUntil when the lease ends, in {@link System#nanoTime()}
     * @throws Books.PartitionsLost if it is not ours any more
     */
    Window begin(Leases.Acquired acquired, long validUntil) {
        int partition = acquired.partition();
        Set<RunId> settled = books.takeOver(acquired, clock.instant());
        for (HeldKey held : deliveries.held(partition)) {
            subscriptions.know(held.of().subscription());
            lanes.of(held.of().subscription()).restore(held.of().key(), held.turn(), held.parked());
        }
        findRows(partition);
        var window = new Window(partition, acquired.epoch(), acquired.nextOffset(), settled, validUntil);
        window.redrives = acquired.redrives();
        return window;
    }

    /** Tells the lanes of the rows that a partition has. */
    void findRows(int partition) {
        for (FirstDue first : deliveries.lanes(partition)) {
            subscriptions.know(first.subscription());
            Lane lane = lanes.of(first.subscription());
            lane.due(first.dueAt());
            if (first.untried()) {
                lane.behind();
            }
        }
    }
}
