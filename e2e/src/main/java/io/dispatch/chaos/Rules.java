package io.dispatch.chaos;

import java.time.Duration;
import java.util.Set;

/**
 * What the judge holds the platform to.
 *
 * @param subscriptions each of them wants every event
 * @param ordered those of them that keep the order of events with one key
 * @param timeout of a call
 * @param settleBatch the most deliveries settled in one transaction: {@code dispatch.delivery.settle-batch}
 * @param leastEvents as many must have been accepted for the trial to say something
 */
record Rules(Set<String> subscriptions, Set<String> ordered, Duration timeout, int settleBatch, int leastEvents) {

    /** Within this a success is written down, by the platform's settings: 20 ms where nothing hinders, 5 s at most. */
    static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);

    /** After this the other of two replicas does all the work of one that was killed: at once, but for a machine out of breath. */
    static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(2);

    /**
     * An answer in less time surely came before the caller's timeout, in nanoseconds; between this and {@link #timeout} nobody
     * can tell, as the caller's clock starts before ours.
     */
    long surelyInTime() {
        return timeout.toNanos() * 3 / 4;
    }
}
