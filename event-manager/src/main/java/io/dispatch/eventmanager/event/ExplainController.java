package io.dispatch.eventmanager.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.subscription.ExplainRequest;
import io.dispatch.contracts.subscription.Explanation;
import io.dispatch.eventmanager.subscription.Explainer;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Explains without emitting: nothing is written, and no function runs. */
@RestController
@Tag(name = "Subscriptions", description = "Which events run which function.")
@ApiResponse(
        responseCode = "400",
        description = "The request makes no sense; the message says where.",
        content = @Content(schema = @Schema(implementation = ErrorBody.class)))
@ApiResponse(
        responseCode = "422",
        description = "A field, parameter or name breaks its rule; `code` is 601 to 606.",
        content = @Content(schema = @Schema(implementation = ErrorBody.class)))
class ExplainController {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Explainer explainer;

    ExplainController(Explainer explainer) {
        this.explainer = explainer;
    }

    @Operation(
            operationId = "explainSubscription",
            summary = "Explain whether a subscription wants an event",
            description =
                    "Takes the event in every form that `POST /v1/event` takes, a batch only of one. Nothing is emitted.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/cloudevents+json",
                                        schema = @Schema(implementation = EmitDocs.CloudEvent.class),
                                        examples = @ExampleObject(name = "structured", value = EmitDocs.STRUCTURED)),
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = EmitDocs.Emission.class),
                                        examples = @ExampleObject(name = "flat", value = EmitDocs.FLAT))
                            }))
    @ApiResponse(responseCode = "200", description = "Whether it does, and what each of its conditions found.")
    @ApiResponse(
            responseCode = "404",
            description = "The organization has no subscription of this name.",
            content = @Content(schema = @Schema(implementation = ErrorBody.class)))
    @PostMapping("/v1/event/subscriptions/{subscriptionName}/explain")
    Explanation explain(
            @PathVariable("subscriptionName") @Pattern(regexp = Names.PATH) String name,
            @Parameter(hidden = true) Emission emission,
            @Parameter(hidden = true) Caller caller) {
        List<Event> events = emission.events();
        if (events.size() != 1) {
            throw ApiException.badRequest(
                    "body should be one event to explain, but is a batch of %d".formatted(events.size()));
        }
        return explainer.explain(caller.organization(), name, events.getFirst());
    }

    @Operation(
            operationId = "explainDraft",
            summary = "Explain whether a draft of a subscription would want an event",
            description = "Nothing is emitted and no subscription is made.")
    @ApiResponse(responseCode = "200", description = "Whether it would, and what each of its conditions found.")
    @PostMapping("/v1/event/explain")
    Explanation explainDraft(@Valid @RequestBody ExplainRequest request) {
        return explainer.explain(request.subscription(), event(request.event()));
    }

    /** The events of CloudEvents 1.0 and 0.3 say their version; those of 0.1 call it by another name. */
    private static Event event(RawJson json) {
        boolean cloudEvent = JSON.readTree(json.json()).has("specversion");
        return EmissionReader.readJson(cloudEvent, json.json().getBytes(UTF_8))
                .events()
                .getFirst();
    }
}
