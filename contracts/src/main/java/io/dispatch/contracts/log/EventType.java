package io.dispatch.contracts.log;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.RawJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of events, as learned from those that came, whether somebody wanted them or not.
 *
 * @param count how many have come since it was first seen
 * @param firstSeen when the first came
 * @param lastSeen when the last came
 * @param rate events a second over about the last minute
 * @param sample one of them in the JSON format of CloudEvents 1.0; null where all were too long
 * @param sources where they come from, the newest ten
 * @param type the type
 */
@Schema(name = "EventType", description = "A type of events, as learned from those that came.")
@JsonPropertyOrder(alphabetic = true)
public record EventType(
        @Schema(description = "How many have come since it was first seen.")
        long count,

        Instant firstSeen,
        Instant lastSeen,

        @Schema(description = "Events a second over about the last minute.")
        double rate,

        @Schema(description = "A recent event of at most 4 KiB in the JSON format of CloudEvents 1.0.") @Nullable
        RawJson sample,

        @Schema(description = "Where they come from, at most ten.")
        List<String> sources,

        String type) {}
