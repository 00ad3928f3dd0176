package io.dispatch.contracts.iam;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed; nothing else is. What only the server says is accepted from a client and ignored.
 *
 * @param name unique in its organization; never changes
 * @param rules at least one
 * @param global whether it holds in every organization and not in its own only; null means false. Only a platform
 *     administrator makes such a policy
 * @param kind always {@code Policy}
 * @param id of this policy; another one after it was deleted and made again
 * @param status {@code CREATING}, {@code UPDATING} and {@code DELETING} in the answers to changes, {@code READY} from then on
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "Policy", description = "What is allowed to whom in an organization; nothing else is.")
@JsonInclude(Include.NON_NULL)
public record Policy(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String name,

        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid PolicyRule> rules,
        @Nullable Boolean global,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long createdTime,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long modifiedTime) {

    /** Whether it holds in every organization. */
    public boolean holdsEverywhere() {
        return Boolean.TRUE.equals(global);
    }
}
