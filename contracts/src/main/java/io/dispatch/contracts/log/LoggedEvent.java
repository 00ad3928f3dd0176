package io.dispatch.contracts.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.CloudEventWriter;
import io.dispatch.contracts.event.Event;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log in a list.
 *
 * @param acceptedAt when it was written down
 * @param event in the JSON format of CloudEvents 1.0
 * @param eventId the platform's own id of it
 * @param matched the subscriptions that wanted it
 * @param shortened true where the event is too long for a list and has no more than id, source and type; else null
 */
@Schema(name = "LoggedEvent", description = "An accepted event.")
@JsonPropertyOrder(alphabetic = true)
public record LoggedEvent(
        Instant acceptedAt,

        @Schema(description = "In the JSON format of CloudEvents 1.0.")
        RawJson event,

        @Schema(description = "The platform's own id, as `Dispatch-Event-Id` was answered.")
        UUID eventId,

        @Schema(description = "The subscriptions that wanted it; none where the log keeps all events.")
        List<MatchedSubscription> matched,

        @Schema(
                description =
                        "There and true where only id, source and type are shown, as more would be too long for a list.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean shortened) {

    /** An event as the wire has it. */
    public static RawJson wire(Event event) {
        return new RawJson(new String(CloudEventWriter.structured(event), StandardCharsets.UTF_8));
    }
}
