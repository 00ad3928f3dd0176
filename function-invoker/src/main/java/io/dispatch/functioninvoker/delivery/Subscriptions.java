package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.eventlog.PublishedSubscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What event-manager publishes about subscriptions, as of the last look. Safe for any thread.
 *
 * <p>The lock keeps an older look from overwriting a newer one.
 */
final class Subscriptions {

    private final PublishedSubscriptions published;
    private final Map<Long, PublishedSubscription> known = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Long> deleted = new ArrayList<>();
    private long version;

    Subscriptions(PublishedSubscriptions published) {
        this.published = published;
    }

    /**
     * The subscription with this id. One that is not known is looked for among the changes, and then among all, before it is
     * said that there never was one.
     */
    Optional<PublishedSubscription> find(long id) {
        if (!known.containsKey(id)) {
            refresh();
        }
        if (!known.containsKey(id)) {
            learn(0);
        }
        return Optional.ofNullable(known.get(id));
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
                PublishedSubscription before = known.put(subscription.id(), subscription);
                boolean news = before == null || before.state() != State.DELETED;
                if (subscription.state() == State.DELETED && news) {
                    deleted.add(subscription.id());
                }
            }
            version = changes.version();
        } finally {
            lock.unlock();
        }
    }

    /** The subscriptions that were seen to be deleted since this was last asked. */
    List<Long> takeDeleted() {
        lock.lock();
        try {
            List<Long> taken = List.copyOf(deleted);
            deleted.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
