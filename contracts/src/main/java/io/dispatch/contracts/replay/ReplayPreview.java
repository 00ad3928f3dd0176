package io.dispatch.contracts.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.contracts.log.LoggedEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay would deliver.
 *
 * @param count how many events
 * @param keep which events the log holds by the settings of now
 * @param more true where counting took too long and there may be more; else null
 * @param sample some of them, at most ten
 */
@Schema(name = "ReplayPreview", description = "What a replay would deliver.")
@JsonPropertyOrder(alphabetic = true)
public record ReplayPreview(
        long count,

        @Schema(description = "Which events the log holds by the settings of now (`/v1/event/log`).")
        Keep keep,

        @Schema(description = "There and true where counting was given up after some seconds, and there may be more.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean more,

        @Schema(description = "The oldest ten that were found.")
        List<LoggedEvent> sample) {}
