package io.dispatch.contracts.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.Tag;
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
 * What the original's functions run in: a base image and dependencies. The record is kept; nothing is built.
 *
 * @param name unique in its organization; never changes
 * @param baseImageName an existing base image of the same organization
 * @param runtimeDependencies kept, or null
 * @param systemDependencies kept, or null
 * @param groups kept, or null
 * @param tags labels, or null
 * @param kind always {@code Image}
 * @param id of this image
 * @param dockerUrl the base image's, or null while there is none of that name
 * @param language the base image's, or null while there is none of that name
 * @param status {@code READY}, or {@code ERROR} while there is no base image of that name
 * @param reason why the status is {@code ERROR}, or null
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "Image")
@JsonInclude(Include.NON_NULL)
public record Image(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String name,

        @NotNull @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String baseImageName,

        @Nullable RuntimeDependencies runtimeDependencies,
        @Nullable @Valid SystemDependencies systemDependencies,
        @JsonInclude(Include.ALWAYS) @Nullable List<@NotNull String> groups,

        @JsonInclude(Include.ALWAYS) @Nullable @Size(max = 64)
        List<@NotNull Tag> tags,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable String dockerUrl,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable String language,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonInclude(Include.ALWAYS) @Nullable
        List<String> reason,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long createdTime,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long modifiedTime) {

    /** What the client wants: all but what only the server says. */
    public Image desired() {
        return new Image(
                name,
                baseImageName,
                runtimeDependencies,
                systemDependencies,
                groups,
                Tag.distinct(tags),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * The same with what the server says about it.
     *
     * @param base the base image that it names, or null while there is none
     */
    public Image observed(
            UUID id,
            @Nullable BaseImage base,
            Status status,
            @Nullable List<String> reason,
            long createdTime,
            long modifiedTime) {
        return new Image(
                name,
                baseImageName,
                runtimeDependencies,
                systemDependencies,
                groups,
                tags,
                "Image",
                id,
                base == null ? null : base.dockerUrl(),
                base == null ? null : base.language(),
                status,
                reason,
                createdTime,
                modifiedTime);
    }
}
