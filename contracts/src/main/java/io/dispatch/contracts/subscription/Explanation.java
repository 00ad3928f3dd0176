package io.dispatch.contracts.subscription;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Whether a subscription wants an event, and why.
 *
 * @param matches whether it does
 * @param clauses what each of its conditions found: first the event type, then the filters in their order, each before those
 *     that are nested in it
 */
@Schema(name = "Explanation", description = "Whether a subscription wants an event, and why.")
public record Explanation(boolean matches, List<Clause> clauses) {

    /**
     * One condition.
     *
     * @param path where it stands in the subscription, as a JSON pointer (RFC 6901)
     * @param matches whether the event fulfils it
     * @param because what was found
     */
    @Schema(name = "Clause", description = "One condition of a subscription.")
    public record Clause(
            @Schema(description = "Where it stands in the subscription (RFC 6901).", example = "/filters/0/exact/type")
            String path,

            @Schema(description = "Whether the event fulfils it.")
            boolean matches,

            @Schema(description = "What was found.", example = "type is \"order.paid\"")
            String because) {}
}
