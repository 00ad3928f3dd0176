package io.dispatch.contracts.run;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that fulfil all that is not null.
 *
 * @param subscription the subscription's name
 * @param function the function's name
 * @param type the event's type
 * @param reason a part of the reason, in any case
 * @param since died then or later: RFC 3339, or seconds since 1970
 * @param until died earlier: RFC 3339, or seconds since 1970
 * @param event the event, by its sender's id or the platform's
 */
@Schema(name = "DeadLetterFilter", description = "Dead letters that fulfil all that is said; all, where nothing is.")
public record DeadLetterFilter(
        @Schema(description = "The subscription's name.") @Nullable
        String subscription,

        @Schema(description = "The function's name.") @Nullable
        String function,

        @Schema(description = "The event's type.") @Nullable String type,

        @Schema(description = "A part of the reason, in any case.") @Nullable
        String reason,

        @Schema(description = "Died then or later: RFC 3339, or seconds since 1970.", example = "2026-11-24T08:00:00Z")
        @Nullable
        String since,

        @Schema(description = "Died earlier: RFC 3339, or seconds since 1970.", example = "1795507200") @Nullable
        String until,

        @Schema(description = "The event, by its sender's id or the platform's.") @Nullable
        String event) {}
