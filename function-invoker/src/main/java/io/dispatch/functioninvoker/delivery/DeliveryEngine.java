package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.eventlog.Signal;
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

    final Lanes lanes;
    final LeaseKeeper leases;
    final LogFollower log;
    final LogPace pace;
    final DueFollower due;
    final Subscriptions subscriptions;
    final News news;
    final Settler settler;

    /** Has a permit when a slot became free and rows may be due. */
    final Semaphore free = new Semaphore(0);

    DeliveryEngine(
            Stores stores, FunctionCaller functions, DeliverySettings settings, Clock clock, RandomGenerator random) {
        subscriptions = new Subscriptions(stores.subscriptions(), settings, random);
        var attempts = new Attempts(functions, subscriptions, stores.names(), stores.replies(), clock);
        news = new News(settings.settleBatch(), settings.settleDelay());
        lanes = new Lanes(attempts::make, news::add, this::slotFree, clock, subscriptions::terms, settings);
        var windows = new Windows(lanes, settings.windowAge());
        var takeover = new Takeover(stores.books(), stores.deliveries(), subscriptions, lanes, clock);
        leases = new LeaseKeeper(stores.owner(), stores.leases(), takeover, windows, settings);
        log = new LogFollower(stores.log(), subscriptions, windows, lanes, settings);
        pace = new LogPace(log, stores.signal(), settings.idleWait());
        due = new DueFollower(
                stores.deliveries(), new DueEvents(stores.log(), stores.deadLetters()), windows, lanes, clock);
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
            ReplyEvents replies,
            EventLogReader log,
            Signal signal,
            PublishedSubscriptions subscriptions) {}
}
