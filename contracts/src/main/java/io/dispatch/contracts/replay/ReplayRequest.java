package io.dispatch.contracts.replay;

import io.dispatch.contracts.Names;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A wish that events of the log are delivered once more. Exactly one of {@code subscription} and {@code function} is given.
 *
 * @param dryRun whether only to say which; null means no
 * @param function name of the function that gets them; it need not exist yet
 * @param query which ones
 * @param subscription name of the subscription that gets them
 */
@Schema(
        name = "ReplayRequest",
        description = "What to deliver once more, and to whom: one of `subscription` and `function`.")
public record ReplayRequest(
        @Schema(description = "Only say which, and change nothing.") @Nullable
        Boolean dryRun,

        @Schema(description = "Name of the function that gets them. It need not exist yet.", example = "send-receipt")
        @Pattern(regexp = Names.PATH)
        @Size(max = Names.RESOURCE_MAX)
        @Nullable
        String function,

        @Schema(description = "Which events. `{}` is all.", requiredMode = Schema.RequiredMode.REQUIRED) @NotNull @Valid
        ReplayQuery query,

        @Schema(
                description = "Name of the subscription that gets them, whatever its own type and filters say.",
                example = "order-paid-mailer")
        @Pattern(regexp = Names.PATH)
        @Size(max = Names.RESOURCE_MAX)
        @Nullable
        String subscription) {}
