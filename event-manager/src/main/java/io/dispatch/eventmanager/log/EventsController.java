package io.dispatch.eventmanager.log;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.log.LoggedEvent;
import io.dispatch.eventlog.EventLogSearch;
import io.dispatch.eventlog.EventPage;
import io.dispatch.eventlog.EventQuery;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/event/events}. */
@RestController
@Tag(name = "Event log", description = "What was accepted.")
class EventsController {
    private static final String PATH = "/v1/event/events";
    private static final String SEARCHED_SINCE = "Dispatch-Searched-Since";
    private static final String KEEP = LogSettingsStore.HEADER;
    private static final int MOST = 1_000;
    private static final int LONGEST_TEXT = 256;
    private static final Duration LONGEST_SPAN_OF_TEXT = Duration.ofHours(24);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final EventLogSearch search;
    private final LoggedEvents loggedEvents;
    private final LogSettingsStore settings;
    private final Clock clock;

    EventsController(EventLogSearch search, LoggedEvents loggedEvents, LogSettingsStore settings, Clock clock) {
        this.search = search;
        this.loggedEvents = loggedEvents;
        this.settings = settings;
        this.clock = clock;
    }

    @Operation(
            operationId = "listEvents",
            summary = "Search the accepted events, the newest first",
            description =
                    "Each page looks at the next 25,000 events of each partition, whosever they are, and so may have fewer than"
                            + " `limit` events or none; as long as the header `Link` (RFC 8288) has the address of a next"
                            + " page, there is more to look at. `Dispatch-Searched-Since` tells how far back a page has looked.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            headers = {
                @Header(
                        name = "Link",
                        description = "`<address>; rel=\"next\"` of the next page; absent after the last.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = SEARCHED_SINCE,
                        description = "How far back this page has looked; absent if to the end of what is asked for.",
                        schema = @Schema(type = "string", format = "date-time")),
                @Header(
                        name = KEEP,
                        description = "Which events the log holds: `matched` or `all` (`/v1/event/log`).",
                        schema = @Schema(type = "string"))
            },
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "400",
            description = "The request makes no sense; the message says where.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @GetMapping(PATH)
    ResponseEntity<List<LoggedEvent>> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "Of this type; `*` stands for any run of characters, also none.")
                    @RequestParam(required = false)
                    @Nullable
                    String type,
            @Parameter(description = "Of exactly this source.") @RequestParam(required = false) @Nullable String source,
            @Parameter(description = "With exactly this id from its sender.") @RequestParam(required = false) @Nullable
                    String id,
            @Parameter(
                            description =
                                    "With this text in the payload or the attributes, letter by letter as it was sent."
                                            + " The span searched is at most 24 hours, and the last 24 if `since` is not given.")
                    @RequestParam(required = false)
                    @Nullable
                    String text,
            @Parameter(description = "Accepted then or later: seconds since 1970, or a date-time of RFC 3339.")
                    @RequestParam(required = false)
                    @Nullable
                    String since,
            @Parameter(description = "Accepted before: seconds since 1970, or a date-time of RFC 3339.")
                    @RequestParam(required = false)
                    @Nullable
                    String until,
            @Parameter(description = "As the `Link` of the page before has it.")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        Paging.checkLimit(limit, MOST);
        EventQuery query = query(
                caller.organization(),
                type,
                source,
                id,
                text,
                QueryTime.parse("since", "query", since),
                QueryTime.parse("until", "query", until));
        EventPage page = page(query, PageCursor.parse(cursor), limit);
        var answer = ResponseEntity.ok();
        answer.header(KEEP, settings.header(caller.organization()));
        if (page.searchedSince() != null) {
            answer.header(SEARCHED_SINCE, page.searchedSince().toString());
        }
        if (page.next() != null) {
            answer.header(HttpHeaders.LINK, next(query, page.next(), limit));
        }
        return answer.body(loggedEvents.of(page.events()));
    }

    private EventQuery query(
            String organization,
            @Nullable String type,
            @Nullable String source,
            @Nullable String id,
            @Nullable String text,
            @Nullable Instant since,
            @Nullable Instant until) {
        String wanted = given(text);
        Instant from = since;
        Instant to = until;
        if (wanted != null) {
            if (wanted.length() > LONGEST_TEXT) {
                throw ApiException.badRequest("text in query must be at most %d characters long, but was %d"
                        .formatted(LONGEST_TEXT, wanted.length()));
            }
            // The address of the next page keeps both.
            to = until == null ? clock.instant() : until;
            from = since == null ? to.minus(LONGEST_SPAN_OF_TEXT) : since;
            if (from.isBefore(to.minus(LONGEST_SPAN_OF_TEXT))) {
                throw ApiException.badRequest(
                        "text in query is searched for in at most 24 hours, but since %s until %s are more"
                                .formatted(from, to));
            }
        }
        return new EventQuery(organization, given(type), given(source), given(id), wanted, from, to);
    }

    private EventPage page(EventQuery query, @Nullable List<Long> cursor, int limit) {
        try {
            return search.search(query, cursor, limit);
        } catch (QueryTimeoutException e) {
            throw ApiException.unavailable("the search takes too long right now: ask for a shorter span", RETRY_AFTER);
        }
    }

    private static String next(EventQuery query, List<Long> offsets, int limit) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("type", query.type());
        parameters.put("source", query.source());
        parameters.put("id", query.id());
        parameters.put("text", query.text());
        parameters.put("since", query.since());
        parameters.put("until", query.until());
        parameters.put("limit", limit);
        parameters.put("cursor", PageCursor.of(offsets));
        return Paging.next(PATH, parameters);
    }

    /** Empty is as good as absent. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
