package io.dispatch.eventmanager.filter;

import io.dispatch.contracts.subscription.Explanation.Clause;
import java.util.List;

/** The filters of a subscription, all of which an event must pass; none at all let every event pass. Immutable. */
public final class Filters {
    /** Lets everything pass. */
    public static final Filters NONE = new Filters(new Filter.All("/filters", List.of()));

    private final Filter.All filters;

    private Filters(Filter.All filters) {
        this.filters = filters;
    }

    /**
     * Parses filters. What is allowed, and how much of it: {@code docs/reference/filters.md}.
     *
     * @param json the text of a JSON array of filter expressions
     * @throws InvalidFilterException if one of them is none
     */
    public static Filters parse(String json) throws InvalidFilterException {
        return new Filters(new Filter.All("/filters", new FilterParser().parse(json)));
    }

    /** Whether an event passes. */
    public boolean matches(Candidate candidate) {
        return filters.matches(candidate);
    }

    /** Adds what each filter finds, in the order of the document. */
    public void explain(Candidate candidate, List<Clause> clauses) {
        filters.parts().forEach(filter -> filter.explain(candidate, clauses));
    }

    /**
     * What an index may look for: each of the covers is a list of tests of which an event passes at least one if it passes the
     * filters.
     */
    public List<List<AttributeTest>> covers() {
        return filters.covers();
    }
}
