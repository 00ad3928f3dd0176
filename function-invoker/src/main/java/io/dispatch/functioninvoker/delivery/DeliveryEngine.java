package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.functioninvoker.call.FunctionCaller;
import io.dispatch.functioninvoker.owner.Owner;
import io.dispatch.functioninvoker.run.FunctionNames;
import io.dispatch.functioninvoker.run.Runs;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * All parts of delivery, put together and at rest: each is turned by a loop, or by hand.
 *
 * <pre>
 * leases ─► windows ◄─ log ──► lanes ──► attempts ──► functions
 *                               ▲  │         │
 *                     due rows ─┘  └─ full ──┴─► news ─► settler ─► runs, rows, dead letters, offsets
 * </pre>
 */
final class DeliveryEngine {

    private static final double JITTER = 0.2;

    final Lanes lanes;
    final LeaseKeeper leases;
    final LogFollower log;
    final DueFollower due;
    final SubscriptionKeeper subscriptions;
    final News news;
    final Settler settler;

    /** Has a permit when a slot became free and rows may be due. */
    final Semaphore free = new Semaphore(0);

    DeliveryEngine(
            Stores stores, FunctionCaller functions, DeliverySettings settings, Clock clock, RandomGenerator random) {
        var known = new Subscriptions(stores.subscriptions());
        var backoff = Backoff.exponential(settings.minBackoff(), settings.maxBackoff())
                .withJitter(JITTER, random);
        var policy = new RetryPolicy(backoff, settings.maxAttempts(), settings.maxAge());
        var attempts = new Attempts(functions, known, stores.names(), policy, clock);
        news = new News(settings.settleBatch(), settings.settleDelay());
        lanes = new Lanes(attempts::make, news::add, this::slotFree, clock, settings);
        var windows = new Windows(lanes, settings.windowAge());
        var takeover = new Takeover(stores.runs(), stores.deliveries(), stores.deadLetters(), lanes);
        leases = new LeaseKeeper(stores.owner(), stores.leases(), takeover, windows, settings.lease());
        log = new LogFollower(stores.log(), windows, lanes, settings);
        due = new DueFollower(stores.deliveries(), stores.log(), windows, lanes, clock);
        subscriptions = new SubscriptionKeeper(known, stores.deliveries(), windows, lanes, clock);
        settler = new Settler(news, stores.books(), windows, lanes, clock);
    }

    private void slotFree() {
        if (free.availablePermits() == 0) {
            free.release();
        }
    }

    /** Where everything is kept. */
    record Stores(
            Owner owner,
            Leases leases,
            Books books,
            Deliveries deliveries,
            DeadLetters deadLetters,
            Runs runs,
            FunctionNames names,
            EventLogReader log,
            PublishedSubscriptions subscriptions) {}
}
