package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.subscription.ExplainRequest;
import io.dispatch.contracts.subscription.Explanation;
import io.dispatch.contracts.subscription.Explanation.Clause;
import io.dispatch.eventmanager.filter.AttributeTest;
import io.dispatch.eventmanager.filter.AttributeTest.Comparison;
import io.dispatch.eventmanager.filter.Candidate;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.filter.InvalidFilterException;
import io.dispatch.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says whether a subscription wants an event, and why. Safe for use by several threads. */
@Component
public class Explainer {
    private final Subscriptions subscriptions;

    Explainer(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * Explains a subscription as it is now.
     *
     * @throws ApiException 404 if the organization has none of this name
     */
    public Explanation explain(String organization, String name, Event event) {
        SubscriptionEntity subscription = subscriptions
                .find(organization, name)
                .orElseThrow(() -> ApiException.notFound(SubscriptionEntity.KIND, name));
        return explain(subscription.eventType(), subscription.filters(), event);
    }

    /**
     * Explains one that does not exist.
     *
     * @throws ApiException 400 if its filters are none
     */
    public Explanation explain(ExplainRequest.Draft draft, Event event) {
        return explain(draft.eventType(), draft.filters(), event);
    }

    private static Explanation explain(String eventType, @Nullable List<RawJson> filters, Event event) {
        Filters parsed = parse(filters);
        Candidate candidate = new Candidate(event);
        boolean ofType = EventTypePattern.of(eventType).matches(event.type());
        List<Clause> clauses = new ArrayList<>();
        clauses.add(new Clause(
                "/eventType", ofType, new AttributeTest("type", Comparison.EXACT, eventType).found(candidate)));
        parsed.explain(candidate, clauses);
        return new Explanation(ofType && parsed.matches(candidate), clauses);
    }

    /**
     * Parses what was sent as filters.
     *
     * @throws ApiException 400 with the place and the reason if one is none
     */
    static Filters parse(@Nullable List<RawJson> filters) {
        if (filters == null) {
            return Filters.NONE;
        }
        try {
            return Filters.parse(FiltersText.of(filters));
        } catch (InvalidFilterException invalid) {
            throw ApiException.badRequest(String.valueOf(invalid.getMessage()));
        }
    }
}
