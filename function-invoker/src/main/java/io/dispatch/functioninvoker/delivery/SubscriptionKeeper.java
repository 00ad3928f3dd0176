package io.dispatch.functioninvoker.delivery;

import java.time.Clock;
import java.time.Instant;

/** Looks for changes of subscriptions; what was owed to a deleted one is due now, to end as dead. One thread turns it. */
final class SubscriptionKeeper {

    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final Windows windows;
    private final Lanes lanes;
    private final Clock clock;

    SubscriptionKeeper(Subscriptions subscriptions, Deliveries deliveries, Windows windows, Lanes lanes, Clock clock) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.windows = windows;
        this.lanes = lanes;
        this.clock = clock;
    }

    void turn() {
        subscriptions.refresh();
        Instant now = clock.instant();
        for (long deleted : subscriptions.takeDeleted()) {
            Lane lane = lanes.find(deleted);
            if (lane != null) {
                deliveries.hurry(deleted, windows.partitions(), now);
                lane.due(now);
            }
        }
    }
}
