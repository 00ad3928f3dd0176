package io.dispatch.eventmanager.subscription;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventmanager.filter.AttributeTest;
import io.dispatch.eventmanager.filter.Candidate;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.filter.InvalidFilterException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A published subscription, ready to be matched.
 *
 * @param id of the subscription
 * @param eventType of the events that it wants
 * @param filters which of them
 * @param covers what an index may look for: an event that it wants passes at least one test of each cover
 */
record IndexedSubscription(long id, EventTypePattern eventType, Filters filters, List<List<AttributeTest>> covers) {

    static IndexedSubscription of(PublishedSubscription published) {
        EventTypePattern eventType = EventTypePattern.of(published.eventType());
        Filters filters = filters(published);
        List<List<AttributeTest>> covers = Stream.concat(eventType.tests().map(List::of), filters.covers().stream())
                .toList();
        return new IndexedSubscription(published.id(), eventType, filters, covers);
    }

    /** They were parsed when the subscription was made. One that is matched without its filters would get what it must not. */
    private static Filters filters(PublishedSubscription published) {
        if (published.filters() == null) {
            return Filters.NONE;
        }
        try {
            return Filters.parse(published.filters());
        } catch (InvalidFilterException unreadable) {
            throw new IllegalStateException(
                    "the filters of subscription %d cannot be read: %s"
                            .formatted(published.id(), unreadable.getMessage()),
                    unreadable);
        }
    }

    boolean matches(Candidate candidate) {
        return eventType.matches(candidate.event().type()) && filters.matches(candidate);
    }
}
