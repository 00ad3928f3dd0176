package io.dispatch.contracts.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * How an organization's event log is kept.
 *
 * @param deduplicate how long after an event another one with its source and id is taken for the same: an ISO 8601 duration
 *     as {@link java.time.Duration#parse} reads it, {@value #SHORTEST_WINDOW} to {@value #LONGEST_WINDOW}; null for not at all
 * @param keep which events are written down
 */
@Schema(name = "LogSettings", description = "How an organization's event log is kept.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = true)
public record LogSettings(
        @Schema(
                description =
                        "How long after an event was kept another one with the same `source` and `id` is answered like it"
                                + " and not kept again: an ISO 8601 duration of " + LogSettings.SHORTEST_WINDOW + " to "
                                + LogSettings.LONGEST_WINDOW + "; not at all if not said.",
                example = "PT10M")
        @Nullable
        String deduplicate,

        @Schema(
                description = "Which events are written down: those that matched a subscription when they came, or all."
                        + " Search, replay and a start in the past see what is written down.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        Keep keep) {

    /** The shortest window. */
    public static final String SHORTEST_WINDOW = "PT1S";

    /** The longest window. */
    public static final String LONGEST_WINDOW = "PT24H";

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
