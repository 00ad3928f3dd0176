package io.dispatch.functioninvoker.ledger;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.log.EventLedger;
import io.dispatch.eventlog.EventId;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/event/events/{eventId}}. */
@RestController
@Tag(name = "Event log")
class LedgerController {

    private final Ledger ledger;

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
    }

    @GetMapping("/v1/event/events/{eventId}")
    @Operation(
            operationId = "getEvent",
            summary = "Shows what became of an event",
            description =
                    "The event is known by the platform's id, as each emit answers it in `Dispatch-Event-Id`; by the"
                            + " sender's it is found in the list.")
    @ApiResponse(responseCode = "200", description = "The event, who wanted it, each call and each delivery.")
    @ApiResponse(
            responseCode = "404",
            description = "The organization has no such event, or it has left the log.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    EventLedger get(Caller caller, @PathVariable("eventId") UUID id) {
        return EventId.position(id)
                .flatMap(position -> ledger.of(caller.organization(), position))
                .orElseThrow(() -> ApiException.of(
                        HttpStatus.NOT_FOUND,
                        "event %s not found: it is known by the id that Dispatch-Event-Id told, as long as the log keeps it"
                                .formatted(id)));
    }
}
