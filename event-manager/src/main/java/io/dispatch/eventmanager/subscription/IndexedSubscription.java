package io.dispatch.eventmanager.subscription;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventmanager.filter.AttributeTest;
import io.dispatch.eventmanager.filter.Candidate;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.filter.InvalidFilterException;
import io.dispatch.http.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A published subscription, ready to be matched.
 *
 * @param id of the subscription
 * @param name of the subscription
 * @param eventType of the events that it wants
 * @param filters which of them; null if they cannot be read, as a newer version of this service has written them
 * @param covers what an index may look for: an event that it wants passes at least one test of each cover
 */
record IndexedSubscription(
        long id,
        String name,
        EventTypePattern eventType,
        @Nullable Filters filters,
        List<List<AttributeTest>> covers) {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    static IndexedSubscription of(PublishedSubscription published) {
        EventTypePattern eventType = EventTypePattern.of(published.eventType());
        Filters filters = filters(published.filters());
        List<List<AttributeTest>> covers = Stream.concat(
                        eventType.tests().map(List::of), filters == null ? Stream.of() : filters.covers().stream())
                .toList();
        return new IndexedSubscription(published.id(), published.name(), eventType, filters, covers);
    }

    private static @Nullable Filters filters(@Nullable String json) {
        if (json == null) {
            return Filters.NONE;
        }
        try {
            return Filters.parse(json);
        } catch (InvalidFilterException unreadable) {
            return null;
        }
    }

    /**
     * Whether it wants an event.
     *
     * @throws ApiException 503 if its filters cannot be read: to leave it out would lose the event, and to ignore them would run
     *     the function on what it must not get
     */
    boolean matches(Candidate candidate) {
        if (!eventType.matches(candidate.event().type())) {
            return false;
        }
        if (filters == null) {
            throw ApiException.unavailable(
                    "this replica cannot read the filters of subscription %s, try again".formatted(name), RETRY_AFTER);
        }
        return filters.matches(candidate);
    }
}
