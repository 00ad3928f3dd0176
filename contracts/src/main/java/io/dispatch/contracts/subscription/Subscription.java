package io.dispatch.contracts.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription on the wire: events of this type, that pass the filters, run that function. The same record is sent and answered; what only the
 * platform says is checked and otherwise ignored when it is sent.
 *
 * @param createdTime seconds since 1970
 * @param delivery how events are delivered; null where it was not sent: by the defaults
 * @param eventType the type that an event must have; {@code *} stands for any run of characters, also none
 *     null when sent with filters: {@code *}
 * @param filters filter expressions, all of which an event must pass ({@code docs/reference/filters.md}), as they were sent;
 *     null means none, and is never answered
 * @param function name of the function to run; it need not exist yet
 * @param id never answered
 * @param kind always {@code Subscription}
 * @param modifiedTime seconds since 1970
 * @param name unique in the organization; null when sent: one is made up
 * @param paused whether events are kept instead of delivered; null where it was not sent: no
 * @param secrets names of the secrets that the function gets with each run; null means none
 * @param startTime seconds since 1970: events of the log from then on are delivered too; null where it was not sent: only what
 *     comes. Only looked at when it is created
 * @param status {@code CREATING} where it is created, afterwards {@code READY}
 * @param tags labels to find it by; null means none
 */
@Schema(name = "Subscription", description = "Events of this type run that function.")
@JsonPropertyOrder(alphabetic = true)
public record Subscription(
        @Schema(accessMode = AccessMode.READ_ONLY, description = "Seconds since 1970.", example = "1543565700")
        @Nullable
        Long createdTime,

        @Schema(description = "How events are delivered, where that is not to be by the defaults.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        DeliverySpec delivery,

        @Schema(
                description =
                        "The type that an event must have. `*` stands for any run of characters, also none:"
                                + " `order.*` gets `order.paid` and `order.line.added`. Required without `filters`, else `*` if absent.",
                example = "order.paid",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        @NotNull
        @Size(max = Names.EVENT_TYPE_MAX)
        @Pattern(regexp = Subscription.EVENT_TYPE)
        String eventType,

        @ArraySchema(
                arraySchema = @Schema(description = Subscription.FILTERS),
                schema =
                        @Schema(
                                types = "object",
                                description = "One dialect and what it asks.",
                                example = "{\"prefix\": {\"source\": \"/shop/\"}}"))
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<RawJson> filters,

        @Schema(
                description = "Name of the function to run. It need not exist yet: what is owed to it waits.",
                example = "send-receipt",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        @Pattern(regexp = Names.PATH)
        @Size(max = Names.RESOURCE_MAX)
        String function,

        @Schema(hidden = true)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        @Nullable
        UUID id,

        @Schema(accessMode = AccessMode.READ_ONLY, example = "Subscription")
        @Pattern(regexp = Names.KIND, message = Names.KIND_RULE)
        @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY, description = "Seconds since 1970.", example = "1543565700")
        @Nullable
        Long modifiedTime,

        @Schema(
                description = "Unique in the organization. One is made up if none is sent.",
                example = "order-paid-mailer")
        @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        @Size(max = Names.RESOURCE_MAX)
        @Nullable
        String name,

        @Schema(
                description =
                        "Whether events are kept instead of delivered. The status of a paused subscription is READY,"
                                + " as clients of the original know no other word.",
                example = "false")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean paused,

        @Schema(description = "Names of the secrets that the function gets with each run.", example = "[\"smtp\"]")
        @Nullable
        List<@NotNull String> secrets,

        @Schema(
                description =
                        "Seconds since 1970, not in the future: events that the log holds from then on are delivered too,"
                                + " beside those that come, each once, by a replay that `/v1/replays` lists. A replacement keeps"
                                + " what was said at the creation.",
                example = "1543565700")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Long startTime,

        @Schema(accessMode = AccessMode.READ_ONLY, example = "READY") @Nullable
        Status status,

        @Schema(description = "Labels to find it by.") @Nullable
        List<@NotNull Tag> tags) {

    static final String FILTERS =
            "All of them must pass: `exact`, `prefix`, `suffix`, `all`, `any`, `not` and `sql` of the"
                    + " CloudEvents Subscriptions API, and `data` for a place in the payload.";

    /** With filters, the event type may be left out. */
    public Subscription {
        eventType = eventType == null && filters != null ? ANY_TYPE : eventType;
    }

    /** The event type that every event has. */
    public static final String ANY_TYPE = "*";

    /** Event types of the original and of CloudEvents (reverse DNS names, URIs), and {@code *}. */
    public static final String EVENT_TYPE = "^[\\w\\-.:/+~*]+$";
}
