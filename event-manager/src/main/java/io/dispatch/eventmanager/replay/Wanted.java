package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.replay.ReplayQuery;
import io.dispatch.eventlog.EventQuery;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.filter.InvalidFilterException;
import io.dispatch.eventmanager.log.QueryTime;
import io.dispatch.http.ApiException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which events of an organization a replay wants.
 *
 * @param query what the log can be asked for
 * @param filtersText filter expressions that they must pass too, as a JSON array; null for none
 */
record Wanted(EventQuery query, @Nullable String filtersText) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<RawJson>> LIST = new TypeReference<>() {};

    /**
     * Reads what was sent.
     *
     * @param now what {@code until} is at the latest
     * @throws ApiException 400 where a part of it makes no sense
     */
    static Wanted of(String organization, ReplayQuery sent, Instant now) {
        Instant since = QueryTime.parse("query.since", "body", sent.since());
        Instant until = QueryTime.parse("query.until", "body", sent.until());
        Instant end = until == null || until.isAfter(now) ? now : until;
        if (since != null && !since.isBefore(end)) {
            throw ApiException.badRequest(
                    "query.since in body must be before query.until and before now, but is %s, and the events end at %s"
                            .formatted(since, end));
        }
        Wanted wanted = of(organization, given(sent.type()), given(sent.source()), since, end, sent.filters());
        wanted.filters();
        return wanted;
    }

    static Wanted of(
            String organization,
            @Nullable String type,
            @Nullable String source,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable List<RawJson> filters) {
        return new Wanted(
                new EventQuery(organization, type, source, null, null, since, until),
                filters == null ? null : JSON.writeValueAsString(filters));
    }

    /**
     * The filters, ready to be used.
     *
     * @throws ApiException 400 with the place and the reason if they are none, or a newer version of this service has written them
     */
    Filters filters() {
        try {
            return filtersText == null ? Filters.NONE : Filters.parse(filtersText);
        } catch (InvalidFilterException invalid) {
            throw ApiException.badRequest("/query" + invalid.getMessage());
        }
    }

    ReplayQuery toWire() {
        return new ReplayQuery(
                filtersText == null ? null : JSON.readValue(filtersText, LIST),
                query.since() == null ? null : query.since().toString(),
                query.source(),
                query.type(),
                query.until() == null ? null : query.until().toString());
    }

    /** Empty is as good as absent. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
