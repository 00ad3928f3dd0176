package io.dispatch.eventmanager.log;

import io.dispatch.contracts.log.EventType;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/event/types}. */
@RestController
@Tag(name = "Event log")
class EventTypesController {
    private final EventTypes types;

    EventTypesController(EventTypes types) {
        this.types = types;
    }

    @Operation(
            operationId = "listEventTypes",
            summary = "List the types of events that come, by name",
            description =
                    "Learned from all events, wanted or not; at most 1,000 types, each until 30 days after its last event.")
    @ApiResponse(responseCode = "200", description = "The types.")
    @GetMapping("/v1/event/types")
    List<EventType> list(@Parameter(hidden = true) Caller caller) {
        return types.of(caller.organization());
    }
}
