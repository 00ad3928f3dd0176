package io.dispatch.contracts.subscription;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.RawJson;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a subscription that does not exist yet would want an event.
 *
 * @param event in the JSON event format of CloudEvents 1.0 or 0.3, or of version 0.1
 * @param subscription the draft
 */
@Schema(name = "ExplainRequest", description = "Would this subscription want that event?")
public record ExplainRequest(
        @Schema(description = "A CloudEvent in the JSON event format, or an event of version 0.1.") @NotNull
        RawJson event,

        @NotNull @Valid Draft subscription) {

    /**
     * What of a subscription matters here; anything else it may have is ignored.
     *
     * @param eventType as of {@link Subscription}
     * @param filters as of {@link Subscription}
     */
    @Schema(name = "SubscriptionDraft", description = "What of a subscription says which events it wants.")
    public record Draft(
            @Schema(example = "order.*", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
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
            @Nullable
            List<RawJson> filters) {

        /** With filters, the event type may be left out. */
        public Draft {
            eventType = eventType == null && filters != null ? Subscription.ANY_TYPE : eventType;
        }
    }
}
