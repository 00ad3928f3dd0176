package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscriptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.springframework.dao.DataAccessException;

/**
 * What event-manager publishes about subscriptions, as of the last look. Safe for any thread.
 *
 * <p>The lock keeps an older look from overwriting a newer one.
 */
final class Subscriptions {

    private final PublishedSubscriptions published;
    private final DeliverySettings settings;
    private final RandomGenerator random;
    private final Terms defaults;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long version;

    /**
     * @param settings what holds where a subscription says nothing
     * @param random for the jitter of retries; safe for any thread
     */
    Subscriptions(PublishedSubscriptions published, DeliverySettings settings, RandomGenerator random) {
        this.published = published;
        this.settings = settings;
        this.random = random;
        this.defaults = Terms.defaults(settings, random);
    }

    /**
     * A subscription.
     *
     * @param published as event-manager says
     * @param terms how its deliveries are made
     */
    record Known(PublishedSubscription published, Terms terms) {}

    /**
     * The subscription with this id. One that is not known is looked for among the changes, and then among all, before it is
     * said that there never was one.
     *
     * @throws DataAccessException if the database cannot be asked
     */
    Optional<Known> find(long id) {
        know(id);
        return Optional.ofNullable(known.get(id));
    }

    /** Makes sure that the terms of a subscription are known, as {@link #find} does. */
    void know(long id) {
        if (known.containsKey(id)) {
            return;
        }
        refresh();
        if (!known.containsKey(id)) {
            learn(0);
        }
    }

    /** How the deliveries of a subscription are made, as far as is known: the database is not asked. */
    Terms terms(long id) {
        Known subscription = known.get(id);
        return subscription == null ? defaults : subscription.terms();
    }

    /** Looks for changes. */
    void refresh() {
        lock.lock();
        try {
            if (published.version() != version) {
                learn(version);
            }
        } finally {
            lock.unlock();
        }
    }

    private void learn(long since) {
        lock.lock();
        try {
            PublishedSubscriptions.Changes changes = published.changesSince(since);
            for (PublishedSubscription subscription : changes.subscriptions()) {
                known.put(subscription.id(), new Known(subscription, Terms.of(subscription, settings, random)));
            }
            version = changes.version();
        } finally {
            lock.unlock();
        }
    }
}
