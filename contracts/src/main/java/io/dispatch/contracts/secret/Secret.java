package io.dispatch.contracts.secret;

import io.dispatch.contracts.Names;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Named values that nobody may read by accident. Its text form shows no value.
 *
 * @param name unique in its organization; never changes
 * @param secrets the values by key; {@value #MASK} stands for a value that the caller may not see. Null only in a request
 * @param tags labels, or null; set when the secret is made
 * @param id of this secret; another one after it was deleted and made again
 * @param kind always {@code Secret}
 */
@Schema(name = "Secret", description = "Named values, encrypted at rest and masked on read.")
public record Secret(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String name,

        @Nullable @Size(max = 256) Map<@Size(min = 1, max = 253) String, @NotNull String> secrets,
        @Nullable @Size(max = 64) List<@NotNull Tag> tags,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind) {

    /** What is shown in place of a value; sent back, it keeps the value. */
    public static final String MASK = "<hidden>";

    /** Without the values. */
    @Override
    public String toString() {
        return "Secret[%s]".formatted(name);
    }
}
