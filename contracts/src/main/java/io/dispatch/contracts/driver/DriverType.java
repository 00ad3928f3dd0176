package io.dispatch.contracts.driver;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of driver: an image and how it is offered. What only the server says is accepted from a client and ignored.
 *
 * @param name unique in its organization; never changes
 * @param image the program; may be empty, and a driver of it then never runs
 * @param expose whether its drivers take requests from outside
 * @param config kept and shown, without effect, as in the original
 * @param tags labels, or null
 * @param kind always {@code DriverType}
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "DriverType", description = "A kind of driver: an image and how it is offered.")
public record DriverType(
        @NotNull @Size(max = Names.DRIVER_TYPE_MAX) @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String name,

        @NotNull @Size(max = 1024) String image,
        boolean expose,
        @Nullable @Size(max = 256) List<@NotNull @Valid ConfigEntry> config,
        @Nullable @Size(max = 64) List<@NotNull Tag> tags,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonProperty("created-time") @Nullable
        Long createdTime,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonProperty("modified-time") @Nullable
        Long modifiedTime) {

    /** What the client wants: all but what only the server says. */
    public DriverType desired() {
        return new DriverType(name, image, expose, ConfigEntry.distinct(config), Tag.distinct(tags), null, null, null);
    }

    /** The same with what only the server says. */
    public DriverType shown(Instant created, Instant modified) {
        return new DriverType(
                name, image, expose, config, tags, "DriverType", created.getEpochSecond(), modified.getEpochSecond());
    }
}
