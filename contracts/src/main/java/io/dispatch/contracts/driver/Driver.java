package io.dispatch.contracts.driver;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
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
 * A running program that brings events in. What only the server says is accepted from a client and ignored.
 *
 * @param name unique in its organization; never changes
 * @param type a driver type of the same organization
 * @param config its options, or null
 * @param secrets names of secrets whose keys reach it as environment variables, or null
 * @param tags labels, or null
 * @param kind always {@code Driver}
 * @param status {@code READY} when it can bring events in
 * @param reason why the status is what it is, general first, or null
 * @param expose copied from the type when the driver was made or replaced
 * @param url where an exposed driver is reached, else null
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "Driver", description = "A running program that brings events in.")
public record Driver(
        @NotNull @Size(max = Names.DRIVER_MAX) @Pattern(regexp = Names.DRIVER, message = Names.DRIVER_RULE)
        String name,

        @NotNull @Size(max = Names.DRIVER_TYPE_MAX) String type,
        @Nullable @Size(max = 256) List<@NotNull @Valid ConfigEntry> config,
        @Nullable @Size(max = 64) List<@NotNull @Size(max = Names.RESOURCE_MAX) String> secrets,
        @Nullable @Size(max = 64) List<@NotNull Tag> tags,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable List<String> reason,
        @Schema(accessMode = AccessMode.READ_ONLY) boolean expose,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonInclude(Include.NON_NULL) @Nullable
        String url,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonProperty("created-time") @Nullable
        Long createdTime,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonProperty("modified-time") @Nullable
        Long modifiedTime) {

    /** What the client wants, with what its type says: all but what only the server observes. */
    public Driver desired(boolean typeExposes) {
        return new Driver(
                name,
                type,
                ConfigEntry.distinct(config),
                secrets,
                Tag.distinct(tags),
                null,
                null,
                null,
                typeExposes,
                null,
                null,
                null);
    }

    /** The same with what only the server says. */
    public Driver observed(Status state, @Nullable List<String> why, Instant created, Instant modified) {
        return new Driver(
                name,
                type,
                config,
                secrets,
                tags,
                "Driver",
                state,
                why,
                expose,
                url,
                created.getEpochSecond(),
                modified.getEpochSecond());
    }
}
