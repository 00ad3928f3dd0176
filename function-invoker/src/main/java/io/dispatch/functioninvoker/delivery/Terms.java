package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.subscription.DeliverySpec;
import io.dispatch.contracts.subscription.Ordering;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscription.State;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the deliveries of one subscription are made.
 *
 * @param state what is to happen with its events
 * @param concurrency the most calls at once, 1 or more; null for as many as pay
 * @param rate the most calls begun in a second, or 0 for any number
 * @param byKey whether events with the same {@code partitionkey} wait for each other
 * @param timeout the longest one call may take beside the function's own timeout, or null
 * @param policy what follows from an attempt
 */
record Terms(
        State state,
        @Nullable Integer concurrency,
        int rate,
        boolean byKey,
        @Nullable Duration timeout,
        RetryPolicy policy) {

    private static final double JITTER = 0.2;
    /** What a timeout of zero means. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** What holds for a subscription that says nothing. */
    static Terms defaults(DeliverySettings settings, RandomGenerator random) {
        return of(State.ACTIVE, new DeliverySpec(null, null, null, null, null, null, null, null), settings, random);
    }

    /** What a subscription says, and the defaults for the rest. */
    static Terms of(PublishedSubscription subscription, DeliverySettings settings, RandomGenerator random) {
        String json = Objects.requireNonNullElse(subscription.delivery(), "{}");
        return of(subscription.state(), JsonMapper.shared().readValue(json, DeliverySpec.class), settings, random);
    }

    private static Terms of(State state, DeliverySpec spec, DeliverySettings settings, RandomGenerator random) {
        Duration min = duration(spec.minBackoff(), settings.minBackoff());
        Duration max = duration(spec.maxBackoff(), settings.maxBackoff());
        if (min.compareTo(max) > 0) { // only one of them was said, and the other gives way
            min = spec.minBackoff() == null ? max : min;
            max = min;
        }
        return new Terms(
                state,
                spec.concurrency(),
                Objects.requireNonNullElse(spec.rate(), 0),
                spec.ordering() == Ordering.KEY,
                timeout(spec.timeout()),
                new RetryPolicy(
                        Backoff.exponential(min, max).withJitter(JITTER, random),
                        Objects.requireNonNullElse(spec.maxAttempts(), settings.maxAttempts()),
                        duration(spec.maxAge(), settings.maxAge())));
    }

    private static Duration duration(@Nullable String said, Duration otherwise) {
        return said == null ? otherwise : Duration.parse(said);
    }

    private static @Nullable Duration timeout(@Nullable String said) {
        if (said == null) {
            return null;
        }
        Duration timeout = Duration.parse(said);
        return timeout.isZero() ? DEFAULT_TIMEOUT : timeout;
    }
}
