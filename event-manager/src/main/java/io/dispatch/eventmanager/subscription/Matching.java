package io.dispatch.eventmanager.subscription;

import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.http.ApiException;
import org.springframework.stereotype.Component;

/** Holds the newest index of subscriptions that this process knows. Safe for use by several threads. */
@Component
public class Matching {
    private final PublishedSubscriptions published;
    private volatile SubscriptionIndex current = SubscriptionIndex.empty();

    Matching(PublishedSubscriptions published) {
        this.published = published;
    }

    /** The index as last read; it may have been overtaken, which the append finds out. */
    public SubscriptionIndex current() {
        return current;
    }

    /** Reads what has changed since and returns the index of now. */
    public synchronized SubscriptionIndex refresh() {
        current = current.with(published.changesSince(current.version()));
        return current;
    }

    /**
     * The index of now, where something could not be matched against an older one.
     *
     * @throws ApiException what was thrown then, if the index of now is no other
     */
    public SubscriptionIndex newerThan(SubscriptionIndex index, ApiException unreadable) {
        SubscriptionIndex newest = refresh();
        if (newest.version() == index.version()) {
            throw unreadable;
        }
        return newest;
    }
}
