package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
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

    DeadLetterController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GetMapping
    @Operation(operationId = "listDeadLetters", summary = "Lists dead letters, the newest first")
    List<DeadLetter> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String function,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ApiException.badRequest("limit in query must be 1 to %d, but was %d".formatted(MOST, limit));
        }
        return deadLetters.newest(caller.organization(), subscription, function, limit);
    }
}
