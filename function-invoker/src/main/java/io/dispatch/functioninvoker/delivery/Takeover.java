package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.delivery.Deliveries.FirstDue;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.functioninvoker.run.Runs;
import java.util.HashSet;
import java.util.Set;

/**
 * Begins where the owner before us ended: what it settled beyond the offset is skipped, and the lanes learn of their rows. So
 * a kill costs at most the calls in flight and the batch that was not settled as duplicates.
 */
final class Takeover {

    private final Runs runs;
    private final Deliveries deliveries;
    private final DeadLetters deadLetters;
    private final Subscriptions subscriptions;
    private final Lanes lanes;

    Takeover(Runs runs, Deliveries deliveries, DeadLetters deadLetters, Subscriptions subscriptions, Lanes lanes) {
        this.runs = runs;
        this.deliveries = deliveries;
        this.deadLetters = deadLetters;
        this.subscriptions = subscriptions;
        this.lanes = lanes;
    }

    /** @param validUntil when the lease ends, in {@link System#nanoTime()} */
    Window begin(Leases.Acquired acquired, long validUntil) {
        int partition = acquired.partition();
        long offset = acquired.nextOffset();
        Set<RunId> settled = new HashSet<>(runs.settled(partition, offset));
        settled.addAll(deliveries.ahead(partition, offset));
        settled.addAll(deadLetters.ahead(partition, offset));
        findRows(partition);
        var window = new Window(partition, acquired.epoch(), offset, settled, validUntil);
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
