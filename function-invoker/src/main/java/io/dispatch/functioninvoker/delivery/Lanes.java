package io.dispatch.functioninvoker.delivery;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The lanes of all subscriptions, made as they are needed. Safe for any thread. */
final class Lanes {

    private final Map<Long, Lane> bySubscription = new ConcurrentHashMap<>();
    private final Function<Delivery, @Nullable Attempt> attempts;
    private final Consumer<Settlement> settle;
    private final Runnable onFree;
    private final Clock clock;
    private final LongFunction<Terms> terms;
    private final DeliverySettings settings;
    private final Semaphore spare;

    /**
     * @param attempts makes the attempt that a delivery is due; null when its partition is lost; never throws
     * @param settle takes what is to be settled
     * @param onFree told when a slot became free and rows may be due
     * @param terms how the deliveries of a subscription are made at this moment
     * @param settings how many deliveries wait in memory and how many calls run at once
     */
    Lanes(
            Function<Delivery, @Nullable Attempt> attempts,
            Consumer<Settlement> settle,
            Runnable onFree,
            Clock clock,
            LongFunction<Terms> terms,
            DeliverySettings settings) {
        this.attempts = attempts;
        this.settle = settle;
        this.onFree = onFree;
        this.clock = clock;
        this.terms = terms;
        this.settings = settings;
        this.spare = new Semaphore(settings.spareCalls());
    }

    /** The lane of a subscription. */
    Lane of(long subscription) {
        return bySubscription.computeIfAbsent(subscription, this::lane);
    }

    private Lane lane(long subscription) {
        var limit = new ConcurrencyLimit(settings.laneConcurrency(), settings.laneCeiling(), spare, System.nanoTime());
        return new Lane(
                subscription,
                () -> terms.apply(subscription),
                limit,
                settings.laneQueue(),
                new Lane.Work(attempts, settle, onFree),
                clock);
    }

    /** The lane of a subscription, if anything was ever owed to it here. */
    @Nullable
    Lane find(long subscription) {
        return bySubscription.get(subscription);
    }

    Collection<Lane> all() {
        return bySubscription.values();
    }

    /** Gives a delivery to its lane, or to be written down where that cannot take it. */
    void offer(Delivery delivery) {
        of(delivery.subscription()).offer(delivery);
    }

    /** A partition is lost: nothing of it is to be called any more. */
    void forget(Window window) {
        all().forEach(lane -> lane.forget(window));
    }

    /** Begins no further call. */
    void stop() {
        all().forEach(Lane::stop);
    }

    /** How many calls are being made. */
    int calls() {
        return all().stream().mapToInt(Lane::calls).sum();
    }
}
