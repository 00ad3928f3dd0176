package io.dispatch.contracts.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.log.LogSettings.Keep;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay and how far it is.
 *
 * @param createdAt when it began
 * @param finishedAt when it ended; null while it runs
 * @param function name of the function that gets the events; null where a subscription does
 * @param id what replayed events carry in the extension {@code dispatchreplay}
 * @param keep which events the log holds by the settings of now
 * @param missed how many events of the log, whosever, had left it before they were looked at
 * @param query which events, {@code since} and {@code until} as RFC 3339
 * @param reason why it ended otherwise than done; null where it did not
 * @param replayed how many events have been handed over to be delivered
 * @param scanned how many events of the log, whosever, have been looked at
 * @param state where it stands
 * @param subscription name of the subscription that gets the events; null where a function does
 * @param toScan how many events of the log, whosever, are to be looked at in all
 */
@Schema(name = "Replay", description = "A replay and how far it is.")
@JsonPropertyOrder(alphabetic = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replay(
        Instant createdAt,

        @Schema(description = "Absent while it runs.") @Nullable
        Instant finishedAt,

        @Schema(description = "The function that gets the events, if no subscription does.") @Nullable
        String function,

        @Schema(description = "Replayed events carry it in the extension `dispatchreplay`.")
        UUID id,

        @Schema(description = "Which events the log holds by the settings of now (`/v1/event/log`).")
        Keep keep,

        @Schema(description = "Events of the log, whosever, that had left it before they were looked at.")
        long missed,

        ReplayQuery query,

        @Schema(description = "Why it ended, where that is not because it was done.") @Nullable
        String reason,

        @Schema(description = "Events that have been handed over to be delivered.")
        long replayed,

        @Schema(description = "Events of the log, whosever, that have been looked at.")
        long scanned,

        State state,

        @Schema(description = "The subscription that gets the events, if no function does.") @Nullable
        String subscription,

        @Schema(description = "Events of the log, whosever, that are to be looked at in all.")
        long toScan) {

    /** Where a replay stands. */
    @Schema(
            name = "ReplayState",
            description = "`running`; `done`: all events are handed over to be delivered; `cancelled`; `failed`.")
    public enum State {
        /** Events are being handed over. */
        @JsonProperty("running")
        RUNNING,
        /** All events have been handed over. */
        @JsonProperty("done")
        DONE,
        /** Somebody ended it, or its subscription was deleted. */
        @JsonProperty("cancelled")
        CANCELLED,
        /** It cannot go on. */
        @JsonProperty("failed")
        FAILED
    }
}
