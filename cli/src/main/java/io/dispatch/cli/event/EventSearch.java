package io.dispatch.cli.event;

import io.dispatch.cli.http.Answer;
import io.dispatch.cli.http.Api;
import java.util.ArrayList;
import java.util.List;
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
     * @param query encoded, without the limit
     * @param most at most so many, from 1
     */
    Found newest(List<String> query, int most) {
        List<String> all = new ArrayList<>(query);
        all.add("limit=" + most);
        @Nullable String path = "/v1/event/events?" + String.join("&", all);
        List<JsonNode> events = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES && path != null && events.size() < most; page++) {
            Answer answer = api.send("GET", path, null).orThrow();
            events.addAll(answer.json().values());
            path = answer.next();
        }
        return new Found(events.subList(0, Math.min(most, events.size())), path == null);
    }
}
