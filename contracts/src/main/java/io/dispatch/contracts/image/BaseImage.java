package io.dispatch.contracts.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What images are built on: a record of the original that is kept; nothing is pulled.
 *
 * @param name unique in its organization; never changes
 * @param dockerUrl where the container image stands
 * @param language what functions on it are written in
 * @param groups kept, or null
 * @param tags labels, or null
 * @param kind always {@code BaseImage}
 * @param id of this base image
 * @param status always {@code READY} once it is kept
 * @param reason always null
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "BaseImage")
@JsonInclude(Include.NON_NULL)
public record BaseImage(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String name,

        @NotNull @Size(min = 1, max = 2048) String dockerUrl,
        @NotNull @Size(min = 1, max = 64) String language,
        @JsonInclude(Include.ALWAYS) @Nullable List<@NotNull String> groups,

        @JsonInclude(Include.ALWAYS) @Nullable @Size(max = 64)
        List<@NotNull Tag> tags,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonInclude(Include.ALWAYS) @Nullable
        List<String> reason,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long createdTime,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long modifiedTime) {

    /** What the client wants: all but what only the server says. */
    public BaseImage desired() {
        return new BaseImage(name, dockerUrl, language, groups, Tag.distinct(tags), null, null, null, null, null, null);
    }

    /** The same with what the server says about it. */
    public BaseImage observed(UUID id, Status status, long createdTime, long modifiedTime) {
        return new BaseImage(
                name, dockerUrl, language, groups, tags, "BaseImage", id, status, null, createdTime, modifiedTime);
    }
}
