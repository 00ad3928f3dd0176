package io.dispatch.eventmanager.event;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the OpenAPI document says of an emit: bodies are read and written token by token, so no class shows their shape. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestBody(
        required = true,
        description =
                "One event, or a batch of CloudEvents. A CloudEvent in binary mode has its attributes in `ce-` headers and"
                        + " any `Content-Type`.",
        content = {
            @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = EmitDocs.Emission.class),
                    examples = @ExampleObject(name = "flat", value = EmitDocs.FLAT)),
            @Content(
                    mediaType = "application/cloudevents+json",
                    schema = @Schema(implementation = EmitDocs.CloudEvent.class),
                    examples = @ExampleObject(name = "structured", value = EmitDocs.STRUCTURED)),
            @Content(
                    mediaType = "application/cloudevents-batch+json",
                    array = @ArraySchema(schema = @Schema(implementation = EmitDocs.CloudEvent.class)),
                    examples = @ExampleObject(name = "batch", value = "[" + EmitDocs.STRUCTURED + "]"))
        })
@ApiResponse(
        responseCode = "200",
        description =
                "An event of version 0.1 was accepted; it is repeated as it was understood. It is on disk if it matched.",
        headers = {
            @Header(name = "Dispatch-Matched", description = EmitDocs.MATCHED, schema = @Schema(type = "integer")),
            @Header(
                    name = "Dispatch-Event-Id",
                    description = EmitDocs.EVENT_ID,
                    schema = @Schema(type = "string", format = "uuid")),
            @Header(
                    name = "Dispatch-Duplicate",
                    description = EmitDocs.DUPLICATE,
                    schema = @Schema(type = "string", allowableValues = "true"))
        },
        // What a client makes of 200 it makes of 202 too, so the shape is told in words: see Emission.
        content =
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(types = "object", description = EmitDocs.REPEATED)))
@ApiResponse(
        responseCode = "202",
        description =
                "CloudEvents were accepted, a batch as a whole: one object for a single event, for a batch an array of"
                        + " them in its order. What matched is on disk.",
        headers = {
            @Header(name = "Dispatch-Matched", description = EmitDocs.MATCHED, schema = @Schema(type = "integer")),
            @Header(
                    name = "Dispatch-Event-Id",
                    description = EmitDocs.EVENT_ID,
                    schema = @Schema(type = "string", format = "uuid")),
            @Header(
                    name = "Dispatch-Duplicate",
                    description = EmitDocs.DUPLICATE,
                    schema = @Schema(type = "string", allowableValues = "true"))
        },
        // One object or an array of them, which no generator of Java clients can write down: told in words.
        content =
                @Content(
                        mediaType = "application/json",
                        schema =
                                @Schema(
                                        types = {"object", "array"},
                                        description = EmitDocs.ACCEPTED)))
@ApiResponse(
        responseCode = "400",
        description =
                "What was sent is no event; of a batch, the message names the event by its index, and none was kept.",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
@ApiResponse(
        responseCode = "413",
        description = "The body is too large.",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
@ApiResponse(
        responseCode = "415",
        description = "No event travels in this media type.",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
@ApiResponse(
        responseCode = "422",
        description = "A field of a 0.1 event is missing or breaks its pattern.",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
@ApiResponse(
        responseCode = "503",
        description = "The event cannot be written right now; try again after `Retry-After` seconds.",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = ErrorBody.class)))
@interface EmitDocs {
    /** Of the answer. */
    String REPEATED = "The event, as an Emission.";

    /** Of the answer. */
    String ACCEPTED = "For a single event {id, source, eventId, matched}, for a batch an array of these: eventId is the"
            + " platform's own id, null if it matched nothing and is not kept; matched is how many subscriptions it matched;"
            + " duplicate is true where the event had been kept before, else absent.";

    /** Of the header. */
    String MATCHED = "How many subscriptions the events matched; with 0 they are kept only where the log keeps all.";

    /** Of the header. */
    String EVENT_ID = "The platform's own id of a single event; absent if it matched nothing and is not kept.";

    /** Of the header. */
    String DUPLICATE = "`true` where a single event had been kept before and the log keeps none twice"
            + " (`deduplicate` of `/v1/event/log`); the id is that of the first.";

    /** An example. */
    String FLAT = "{\"eventType\":\"order.paid\",\"cloudEventsVersion\":\"0.1\",\"source\":\"shop/eu\","
            + "\"eventID\":\"7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11\",\"eventTime\":\"2018-11-30T09:15:00+01:00\","
            + "\"contentType\":\"application/json\",\"data\":{\"order\":4711}}";

    /** An example. */
    String STRUCTURED = "{\"specversion\":\"1.0\",\"type\":\"order.paid\",\"source\":\"/shop/eu\",\"id\":\"4711-paid\","
            + "\"time\":\"2026-11-24T09:15:00Z\",\"datacontenttype\":\"application/json\",\"data\":{\"order\":4711}}";

    /** The shape of {@link io.dispatch.contracts.event.LegacyEmission}. */
    @Schema(
            name = "Emission",
            description = "An event of version 0.1, flat; `{\"event\":{…}}` around it is understood as well.")
    record Emission(
            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = "^[\\w\\d\\-\\.]+$", maxLength = 128)
            String eventType,

            @Nullable String eventTypeVersion,

            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = "0.1")
            String cloudEventsVersion,

            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Free text.")
            String source,

            @Schema(requiredMode = RequiredMode.REQUIRED, description = "Free text.")
            String eventID,

            @Schema(format = "date-time") @Nullable String eventTime,

            @Schema(description = "An absolute URI or path.") @Nullable
            String schemaURL,

            @Nullable String contentType,
            @Nullable Map<String, Object> extensions,

            @Schema(description = "Any JSON value; passed on in the spelling it was sent in.") @Nullable
            Object data,

            @Schema(format = "uuid", description = "Only repeated in the answer.") @Nullable
            String id,

            @Schema(description = "Only repeated in the answer.") @Nullable
            List<Tag> tags) {}

    /** The JSON event format. */
    @Schema(
            name = "CloudEvent",
            description =
                    "A CloudEvent of version 1.0 or 0.3 in the JSON event format. Further members are extensions.")
    record CloudEvent(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {"1.0", "0.3"})
            String specversion,

            @Schema(requiredMode = RequiredMode.REQUIRED) String id,

            @Schema(requiredMode = RequiredMode.REQUIRED, format = "uri-reference")
            String source,

            @Schema(requiredMode = RequiredMode.REQUIRED) String type,
            @Nullable String datacontenttype,
            @Schema(format = "uri") @Nullable String dataschema,
            @Nullable String subject,
            @Schema(format = "date-time") @Nullable String time,

            @Schema(description = "Events of one key keep their order.") @Nullable
            String partitionkey,

            @Nullable Object data,

            @Schema(format = "byte", name = "data_base64") @Nullable
            String dataBase64) {}
}
