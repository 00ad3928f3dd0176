package io.dispatch.contracts.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.run.RunError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one event.
 *
 * @param acceptedAt when it was written down
 * @param deliveries one for each subscription that wanted it, in the order in which those were made
 * @param event in the JSON format of CloudEvents 1.0
 * @param eventId the platform's own id of it
 * @param matched the subscriptions that wanted it
 * @param runs the calls that were made, the oldest first, as long as runs are kept
 */
@Schema(name = "EventLedger", description = "What became of an event.")
@JsonPropertyOrder(alphabetic = true)
public record EventLedger(
        Instant acceptedAt,
        List<EventDelivery> deliveries,

        @Schema(description = "In the JSON format of CloudEvents 1.0.")
        RawJson event,

        @Schema(description = "The platform's own id, as `Dispatch-Event-Id` was answered.")
        UUID eventId,

        List<MatchedSubscription> matched,

        @Schema(description = "The oldest first.") List<EventRun> runs) {

    /**
     * A call that was made.
     *
     * @param attempt from 1
     * @param error why it failed, or null
     * @param finishedAt when it ended
     * @param function the function's name then
     * @param id of the run
     * @param startedAt when it began
     * @param status {@code READY} or {@code ERROR}
     * @param subscription the subscription's name
     */
    @Schema(name = "EventRun")
    @JsonPropertyOrder(alphabetic = true)
    public record EventRun(
            int attempt,
            @Nullable RunError error,
            Instant finishedAt,
            String function,

            @Schema(description = "Read the whole run at `/v1/runs/{id}`.")
            UUID id,

            Instant startedAt,

            @Schema(allowableValues = {"READY", "ERROR"}) Status status,

            String subscription) {}

    /**
     * What is owed to one subscription.
     *
     * @param attempts made so far
     * @param id what its calls carry as {@code Idempotency-Key}; a dead one is known by it at {@code /v1/deadletters}
     * @param nextAttemptAt when it is tried again; null when it is not, or as soon as can be
     * @param reason why the last attempt failed or the delivery died, or null
     * @param subscription the subscription's name
     */
    @Schema(name = "EventDelivery")
    @JsonPropertyOrder(alphabetic = true)
    public record EventDelivery(
            int attempts,
            UUID id,
            @Nullable Instant nextAttemptAt,
            @Nullable String reason,
            State state,
            String subscription) {}

    /** Where a delivery stands. */
    @Schema(
            name = "DeliveryState",
            description =
                    "`due`: waits for its first attempt or its next, or runs; `parked`: its subscription is paused;"
                            + " `succeeded`; `dead`: nobody retries it by itself.")
    public enum State {
        /** Waits for an attempt, or one is under way. */
        @JsonProperty("due")
        DUE,
        /** Waits for its subscription to be resumed, or for an event before it with the same key. */
        @JsonProperty("parked")
        PARKED,
        /** Done. */
        @JsonProperty("succeeded")
        SUCCEEDED,
        /** Nobody retries it by itself. */
        @JsonProperty("dead")
        DEAD
    }
}
