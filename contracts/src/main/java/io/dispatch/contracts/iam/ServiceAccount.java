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
 * A program that may call, known by a key: its tokens name {@code organization/name} as their issuer. What only the server
 * says is accepted from a client and ignored.
 *
 * @param name unique in its organization; never changes
 * @param publicKey an RSA public key of at least 2,048 bits in PEM, as base64 of that text
 * @param domain kept, or null
 * @param kind always {@code ServiceAccount}
 * @param id of this account; another one after it was deleted and made again
 * @param status {@code READY}, and {@code DELETING} in the answer to a deletion
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "ServiceAccount", description = "A program that may call, known by a key.")
@JsonInclude(Include.NON_NULL)
public record ServiceAccount(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.DOTTED)
        String name,

        @NotNull @Size(max = MAX_KEY) String publicKey,

        @Nullable @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.DOTTED)
        String domain,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long createdTime,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long modifiedTime) {

    /** The longest {@code publicKey}, in characters: enough for the largest key in use. */
    public static final int MAX_KEY = 8192;
}
