package io.dispatch.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish that dead letters are tried again. Exactly one of {@code ids} and {@code query} is given.
 *
 * @param ids which ones, at most {@value #MOST_IDS}
 * @param query which ones
 * @param preview whether only to say which; null means no
 */
@Schema(name = "Redrive", description = "Which dead letters to try again: exactly one of `ids` and `query`.")
public record Redrive(
        @Schema(description = "Their ids.") @Size(max = Redrive.MOST_IDS) @Nullable
        List<@NotNull UUID> ids,

        @Schema(description = "What they have in common.") @Nullable
        DeadLetterFilter query,

        @Schema(description = "Only say which, and change nothing.") @Nullable
        Boolean preview) {

    /** The most ids in one request. */
    public static final int MOST_IDS = 1_000;

    /**
     * What was done, or would be; what does not apply is left out.
     *
     * @param count of a preview: how many would be tried again
     * @param sample of a preview: the newest of them
     * @param redriven how many are tried again from now on
     * @param refused those that are not
     * @param more whether the query fits further ones, to be redriven by the same request again
     */
    @Schema(
            name = "RedriveAnswer",
            description = "`count` and `sample` of a preview, otherwise `redriven`, `refused` and `more`.")
    @JsonInclude(Include.NON_NULL)
    public record Answer(
            @Nullable Long count,
            @Nullable List<DeadLetter> sample,
            @Nullable Integer redriven,
            @Nullable List<Refusal> refused,
            @Nullable Boolean more) {}

    /**
     * A dead letter that is not tried again.
     *
     * @param reason one sentence
     */
    @Schema(name = "RedriveRefusal")
    public record Refusal(UUID id, String reason) {}
}
