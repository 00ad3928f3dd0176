package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Emit as accounts and drivers call it; the organization is the caller's on both paths. */
@RestController
@Tag(name = "Events", description = "Events come in here.")
class EmitController {
    private final Emits emits;

    EmitController(Emits emits) {
        this.emits = emits;
    }

    @EmitDocs
    @Operation(
            operationId = "emitEvent",
            summary = "Emit an event",
            description =
                    "Takes CloudEvents 1.0 and 0.3 in binary, structured and batch mode, and events of version 0.1. An"
                            + " event that matches a subscription is on disk when this is answered; one that matches none is dropped,"
                            + " unless the organization keeps all (`/v1/event/log`).")
    @PostMapping("/v1/event")
    ResponseEntity<byte[]> emit(@Parameter(hidden = true) Emission emission, @Parameter(hidden = true) Caller caller) {
        return answer(emission, caller);
    }

    @EmitDocs
    @Operation(
            operationId = "ingestEvent",
            summary = "Emit an event as a driver",
            description =
                    "The same as `POST /v1/event` for drivers, who are known by their token, as bearer or as `authToken`,"
                            + " and need no organization header.")
    @PostMapping("/v1/event/ingest")
    ResponseEntity<byte[]> ingest(
            @Parameter(hidden = true) Emission emission, @Parameter(hidden = true) Caller caller) {
        return answer(emission, caller);
    }

    private ResponseEntity<byte[]> answer(Emission emission, Caller caller) {
        Answer answer = emits.answer(emits.begin(caller.organization(), emission));
        HttpHeaders headers = new HttpHeaders();
        answer.headers().forEach(headers::set);
        return new ResponseEntity<>(answer.body(), headers, answer.status());
    }
}
