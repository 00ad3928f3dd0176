package io.dispatch.contracts.iam;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant. What only the server says is accepted from a client and ignored.
 *
 * @param name unique in the installation; never changes
 * @param kind always {@code Organization}
 * @param id of this organization; another one after it was deleted and made again
 * @param status {@code READY}, and {@code DELETING} in the answer to a deletion
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "Organization", description = "A tenant: every other resource belongs to one.")
@JsonInclude(Include.NON_NULL)
public record Organization(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.PATH)
        String name,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long createdTime,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long modifiedTime) {}
