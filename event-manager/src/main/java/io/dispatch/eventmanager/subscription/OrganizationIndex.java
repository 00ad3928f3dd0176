package io.dispatch.eventmanager.subscription;

import io.dispatch.eventlog.PublishedSubscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The subscriptions of one organization, so that an event is matched without looking at each. Immutable. */
final class OrganizationIndex {
    private static final long[] NONE = {};

    private final Map<Long, PublishedSubscription> subscriptions;
    private final Map<String, long[]> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();

    private record Wildcard(EventTypePattern pattern, long id) {}

    private OrganizationIndex(Map<Long, PublishedSubscription> subscriptions) {
        this.subscriptions = subscriptions;
        for (PublishedSubscription subscription : subscriptions.values()) {
            if (EventTypePattern.isPattern(subscription.eventType())) {
                wildcards.add(new Wildcard(EventTypePattern.of(subscription.eventType()), subscription.id()));
            } else {
                exact.merge(subscription.eventType(), new long[] {subscription.id()}, OrganizationIndex::joined);
            }
        }
    }

    static OrganizationIndex empty() {
        return new OrganizationIndex(Map.of());
    }

    /** The index after these subscriptions of the organization have changed. */
    OrganizationIndex with(Collection<PublishedSubscription> changed) {
        Map<Long, PublishedSubscription> next = new HashMap<>(subscriptions);
        for (PublishedSubscription subscription : changed) {
            if (subscription.state() == PublishedSubscription.State.DELETED) {
                next.remove(subscription.id());
            } else {
                next.put(subscription.id(), subscription);
            }
        }
        return new OrganizationIndex(next);
    }

    /** Ids of the subscriptions that want events of this type; never to be written to. */
    long[] match(String type) {
        long[] matched = exact.getOrDefault(type, NONE);
        if (wildcards.isEmpty()) {
            return matched;
        }
        long[] more = wildcards.stream()
                .filter(wildcard -> wildcard.pattern().matches(type))
                .mapToLong(Wildcard::id)
                .toArray();
        return more.length == 0 ? matched : joined(matched, more);
    }

    private static long[] joined(long[] some, long[] others) {
        return LongStream.concat(Arrays.stream(some), Arrays.stream(others)).toArray();
    }
}
