package io.dispatch.cli.event;

import io.dispatch.cli.http.Answer;
import io.dispatch.cli.http.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows the pages of a search, each of which looks at a part of the log only. */
final class EventSearch {

    /** One looks at 100,000 events. */
    private static final int MOST_PAGES = 20;

    private final Api api;

    EventSearch(Api api) {
        this.api = api;
    }

    /**
     * What was found.
     *
     * @param events as the server has them
     * @param searchedAll whether there is nothing more to look at
     */
    record Found(List<JsonNode> events, boolean searchedAll) {}

    /**
     * The newest events.
     *
     * @param query by the names of its parameters, without the limit; those that are null or empty are left out
     * @param most at most so many, from 1
     */
    Found newest(Map<String, ? extends @Nullable String> query, int most) {
        Map<String, @Nullable String> all = new LinkedHashMap<>(query);
        all.put("limit", Integer.toString(most));
        @Nullable String path = "/v1/event/events" + Api.query(all);
        List<JsonNode> events = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES && path != null && events.size() < most; page++) {
            Answer answer = api.send("GET", path, null).orThrow();
            events.addAll(answer.json().values());
            path = answer.next();
        }
        return new Found(events.subList(0, Math.min(most, events.size())), path == null);
    }
}
