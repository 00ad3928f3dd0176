package io.dispatch.contracts.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dispatch.contracts.RawJson;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the log are meant: those that fulfil all that is not null. Events that a replay appended are never meant.
 *
 * @param filters filter expressions, all of which an event must pass ({@code docs/reference/filters.md})
 * @param since accepted then or later: RFC 3339, or seconds since 1970; null for the oldest there is
 * @param source exactly this
 * @param type this; {@code *} stands for any run of characters, also none
 * @param until accepted earlier: RFC 3339, or seconds since 1970; null for the time of the request
 */
@Schema(name = "ReplayQuery", description = "Events that fulfil all that is said; all, where nothing is.")
@JsonPropertyOrder(alphabetic = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayQuery(
        @ArraySchema(
                arraySchema = @Schema(description = "All of them must pass, as of a subscription."),
                schema =
                        @Schema(
                                types = "object",
                                description = "One dialect and what it asks.",
                                example = "{\"prefix\": {\"source\": \"/shop/\"}}"))
        @Nullable
        List<RawJson> filters,

        @Schema(
                description =
                        "Accepted then or later: RFC 3339, or seconds since 1970. The oldest there is, if not said.",
                example = "2026-11-24T08:00:00Z")
        @Nullable
        String since,

        @Schema(description = "Of exactly this source.") @Nullable
        String source,

        @Schema(description = "Of this type; `*` stands for any run of characters, also none.", example = "order.*")
        @Nullable
        String type,

        @Schema(
                description = "Accepted earlier: RFC 3339, or seconds since 1970. Now, if not said or in the future.",
                example = "1795507200")
        @Nullable
        String until) {}
