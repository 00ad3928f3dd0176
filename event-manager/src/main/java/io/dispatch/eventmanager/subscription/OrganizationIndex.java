package io.dispatch.eventmanager.subscription;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventmanager.filter.AttributeTest;
import io.dispatch.eventmanager.filter.AttributeTest.Comparison;
import io.dispatch.eventmanager.filter.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The subscriptions of one organization. Each is found by the rarest of what it asks of attributes, so that an event is held
 * against those that may want it and not against all. Immutable.
 */
final class OrganizationIndex {
    /** What a prefix or suffix costs beside an exact value: more events have it. */
    private static final int AFFIX_WEIGHT = 8;

    private final Map<Long, IndexedSubscription> subscriptions;
    private final Map<String, AttributeIndex> attributes = new TreeMap<>();
    private final List<IndexedSubscription> others = new ArrayList<>();

    private OrganizationIndex(Map<Long, IndexedSubscription> subscriptions) {
        this.subscriptions = subscriptions;
        Map<AttributeTest, Long> askedBy = subscriptions.values().stream()
                .flatMap(subscription -> subscription.covers().stream())
                .flatMap(Collection::stream)
                .collect(Collectors.groupingBy(test -> test, Collectors.counting()));
        subscriptions.values().forEach(subscription -> add(subscription, askedBy));
    }

    static OrganizationIndex empty() {
        return new OrganizationIndex(Map.of());
    }

    /** The index after these subscriptions of the organization have changed. */
    OrganizationIndex with(Collection<PublishedSubscription> changed) {
        Map<Long, IndexedSubscription> next = new HashMap<>(subscriptions);
        for (PublishedSubscription subscription : changed) {
            if (subscription.state() == PublishedSubscription.State.DELETED) {
                next.remove(subscription.id());
            } else {
                next.put(subscription.id(), IndexedSubscription.of(subscription));
            }
        }
        return new OrganizationIndex(next);
    }

    private void add(IndexedSubscription subscription, Map<AttributeTest, Long> askedBy) {
        Optional<List<AttributeTest>> rarest =
                subscription.covers().stream().min(Comparator.comparingLong(cover -> cost(cover, askedBy)));
        if (rarest.isEmpty()) {
            others.add(subscription);
        } else {
            rarest.get().stream()
                    .distinct()
                    .forEach(test -> attributes
                            .computeIfAbsent(test.attribute(), AttributeIndex::new)
                            .add(test, subscription));
        }
    }

    private static long cost(List<AttributeTest> cover, Map<AttributeTest, Long> askedBy) {
        return cover.stream()
                .mapToLong(test ->
                        askedBy.getOrDefault(test, 0L) * (test.comparison() == Comparison.EXACT ? 1 : AFFIX_WEIGHT))
                .sum();
    }

    /** Ids of the subscriptions that want the event, each once. */
    long[] match(Candidate candidate) {
        Matches matches = new Matches(candidate);
        for (AttributeIndex attribute : attributes.values()) {
            attribute.find(candidate, matches::tryOut);
        }
        others.forEach(matches::tryOut);
        return matches.ids();
    }

    private static final class Matches {
        private static final long[] NONE = {};

        private final Candidate candidate;
        private final List<Long> ids = new ArrayList<>();

        Matches(Candidate candidate) {
            this.candidate = candidate;
        }

        void tryOut(IndexedSubscription subscription) {
            if (subscription.matches(candidate)) {
                ids.add(subscription.id());
            }
        }

        /** One that was found by several of its tests is there several times. */
        long[] ids() {
            return ids.isEmpty()
                    ? NONE
                    : ids.stream().mapToLong(Long::longValue).distinct().toArray();
        }
    }
}
