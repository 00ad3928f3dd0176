package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.contracts.run.DeadLetterFilter;
import io.dispatch.contracts.run.Redrive;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.dispatch.http.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/deadletters}. */
@RestController
@RequestMapping("/v1/deadletters")
@Tag(name = "deadletters", description = "Deliveries that nobody will retry by itself")
class DeadLetterController {

    private static final int MOST = 1_000;

    private final DeadLetters deadLetters;
    private final Redriver redriver;

    DeadLetterController(DeadLetters deadLetters, Redriver redriver) {
        this.deadLetters = deadLetters;
        this.redriver = redriver;
    }

    @GetMapping
    @Operation(
            operationId = "listDeadLetters",
            summary = "Lists dead letters, the newest first",
            description =
                    "Where there are more than `limit`, the header `Link` (RFC 8288) has the address of the next page.")
    @Parameter(name = "subscription", in = ParameterIn.QUERY, description = "Only those of this subscription.")
    @Parameter(name = "function", in = ParameterIn.QUERY, description = "Only those of this function.")
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "Only those of events of this type.")
    @Parameter(
            name = "reason",
            in = ParameterIn.QUERY,
            description = "Only those with this in their reason, in any case.")
    @Parameter(
            name = "since",
            in = ParameterIn.QUERY,
            description = "Only those that died then or later: RFC 3339, or seconds since 1970.")
    @Parameter(
            name = "until",
            in = ParameterIn.QUERY,
            description = "Only those that died earlier: RFC 3339, or seconds since 1970.")
    @Parameter(
            name = "event",
            in = ParameterIn.QUERY,
            description = "Only those of this event, by its sender's id or the platform's (`Dispatch-Event-Id`).")
    ResponseEntity<List<DeadLetter>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String function,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        Paging.checkLimit(limit, MOST);
        var filter = new DeadLetterFilter(subscription, function, type, reason, since, until, event);
        var query = DeadLetterQuery.of(caller.organization(), filter, "query");
        List<DeadLetter> found = deadLetters.newest(query, DeadLetterPage.of(cursor), limit + 1);
        if (found.size() <= limit) {
            return ResponseEntity.ok(found);
        }
        List<DeadLetter> page = found.subList(0, limit);
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, next(filter, limit, page.getLast()))
                .body(page);
    }

    private static String next(DeadLetterFilter filter, int limit, DeadLetter last) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("subscription", filter.subscription());
        parameters.put("function", filter.function());
        parameters.put("type", filter.type());
        parameters.put("reason", filter.reason());
        parameters.put("since", filter.since());
        parameters.put("until", filter.until());
        parameters.put("event", filter.event());
        parameters.put("limit", limit);
        parameters.put("cursor", DeadLetterPage.after(last).cursor());
        return Paging.next("/v1/deadletters", parameters);
    }

    @PostMapping("/redrive")
    @Operation(
            operationId = "redriveDeadLetters",
            summary = "Tries dead letters again",
            description = "They are owed again from now on, with as many attempts as their subscription gives. At most "
                    + Redriver.MOST + " at once: where `more` is answered, the same request again takes the next."
                    + " What cannot be tried again, as its subscription is gone, is refused and stays."
                    + " With `preview` nothing is changed.")
    @ApiResponse(responseCode = "200", description = "What was done, or would be.", useReturnTypeSchema = true)
    Redrive.Answer redrive(Caller caller, @Valid @RequestBody Redrive wish) {
        List<UUID> ids = wish.ids();
        if ((ids == null) == (wish.query() == null)) {
            throw ApiException.badRequest("exactly one of ids and query in body is required");
        }
        boolean preview = Boolean.TRUE.equals(wish.preview());
        if (ids != null) {
            return preview
                    ? redriver.preview(new DeadLetterIds(
                            caller.organization(),
                            ids.stream().flatMap(id -> RunId.of(id).stream()).toList()))
                    : redriver.redrive(caller.organization(), ids);
        }
        var query = DeadLetterQuery.of(caller.organization(), Objects.requireNonNull(wish.query()), "body");
        return preview ? redriver.preview(query) : redriver.redrive(query);
    }
}
