package io.dispatch.chaos;

import java.time.Duration;
import java.util.Set;

/**
 * What is tried.
 *
 * @param events as many are accepted at least
 * @param perSecond events a second
 * @param everything all disturbances, then kills until there were as many events; or a kill of each of three services
 * @param ordered whether a second subscription keeps the order by key
 * @param settleBatch the most deliveries that the platform settles in one transaction
 */
record Plan(int events, double perSecond, boolean everything, boolean ordered, int settleBatch) {

    /** What the platform's settle batch is unless it is told otherwise: {@code dispatch.delivery.settle-batch}. */
    static final int SETTLE_BATCH = 1000;

    /** Of a call: short, so that a function which hangs costs seconds. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    static final String UNORDERED = "all";
    static final String ORDERED = "ordered";

    /** 10,000 events and three kills, for every build. */
    static Plan brief() {
        return new Plan(10_000, 400, false, false, SETTLE_BATCH);
    }

    Rules rules() {
        return new Rules(
                ordered ? Set.of(UNORDERED, ORDERED) : Set.of(UNORDERED),
                ordered ? Set.of(ORDERED) : Set.of(),
                TIMEOUT,
                settleBatch,
                events);
    }
}
