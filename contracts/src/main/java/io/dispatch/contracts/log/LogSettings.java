package io.dispatch.contracts.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/**
 * How an organization's event log is kept.
 *
 * @param keep which events are written down
 */
@Schema(name = "LogSettings", description = "How an organization's event log is kept.")
public record LogSettings(
        @Schema(
                description = "Which events are written down: those that matched a subscription when they came, or all."
                        + " Search, replay and a start in the past see what is written down.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        Keep keep) {

    /** Which events are written down. */
    @Schema(name = "Keep")
    public enum Keep {
        /** Those that matched a subscription; others are counted and dropped. */
        @JsonProperty("matched")
        MATCHED,
        /** All. */
        @JsonProperty("all")
        ALL
    }
}
