package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** {@code /v1/deadletters}. */
@RestController
@RequestMapping("/v1/deadletters")
@Tag(name = "deadletters", description = "Deliveries that nobody will retry by itself")
class DeadLetterController {

    private static final int MOST = 1_000;

    private final DeadLetters deadLetters;

    DeadLetterController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GetMapping
    @Operation(
            operationId = "listDeadLetters",
            summary = "Lists dead letters, the newest first",
            description =
                    "Where there are more than `limit`, the header `Link` (RFC 8288) has the address of the next page.")
    @Parameter(
            name = "event",
            in = ParameterIn.QUERY,
            description = "Only those of this event, by its sender's id or the platform's (`Dispatch-Event-Id`).")
    ResponseEntity<List<DeadLetter>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String function,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ApiException.badRequest("limit in query must be 1 to %d, but was %d".formatted(MOST, limit));
        }
        var query = new DeadLetterQuery(caller.organization(), subscription, function, event);
        List<DeadLetter> found = deadLetters.newest(query, DeadLetterPage.of(cursor), limit + 1);
        if (found.size() <= limit) {
            return ResponseEntity.ok(found);
        }
        List<DeadLetter> page = found.subList(0, limit);
        URI next = UriComponentsBuilder.fromPath("/v1/deadletters")
                .queryParamIfPresent("subscription", Optional.ofNullable(subscription))
                .queryParamIfPresent("function", Optional.ofNullable(function))
                .queryParamIfPresent("event", Optional.ofNullable(event))
                .queryParam("limit", limit)
                .queryParam("cursor", DeadLetterPage.after(page.getLast()).cursor())
                .encode()
                .build()
                .toUri();
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next))
                .body(page);
    }
}
