package io.dispatch.contracts.function;

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
 * A function: code at an address. Exactly one of endpoint, command, source and sourceURL says which. What only the server says
 * is accepted from a client and ignored.
 *
 * @param name unique in its organization; never changes
 * @param endpoint an absolute {@code http} or {@code https} URL that takes a POST, or null
 * @param command a program below the functions folder and its arguments, or null; in local mode only
 * @param protocol null means {@link Protocol#CLOUDEVENTS}, and {@link Protocol#DISPATCH} where there is a source
 * @param timeout of one call in milliseconds, at most {@value #MAX_TIMEOUT}; null or 0 means 30,000
 * @param secrets names of secrets whose keys reach the function, or null
 * @param headers sent with each call, or null
 * @param image the image whose language a source is in; not run
 * @param handler where a source begins: a file for Node.js, {@code module.function} for Python; null or empty means the only
 *     file of that language
 * @param source code as base64 of a gzip tarball, in local mode only; never returned
 * @param sourceURL where such a tarball stands, fetched once; in local mode only, never returned
 * @param schema of input and output; kept, and held to where there is a source
 * @param services of the original's Kubernetes edition; kept
 * @param tags labels, or null
 * @param kind always {@code Function}
 * @param id of this function; another one after it was deleted and made again
 * @param faasId the same as {@code id}
 * @param status {@code READY} when it can be called
 * @param reason why the status is {@code ERROR}, general first, or null
 * @param createdTime Unix seconds
 * @param modifiedTime Unix seconds
 */
@Schema(name = "Function", description = "Code at an address, called once for each event that it is owed.")
@JsonInclude(Include.NON_NULL)
public record Function(
        @NotNull @Size(max = Names.RESOURCE_MAX) @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
        String name,

        @Nullable @Size(max = 2048) String endpoint,
        @Nullable @Size(min = 1, max = 64) List<@NotNull @Size(max = 4096) String> command,
        @Nullable Protocol protocol,
        @Nullable Long timeout,

        @JsonInclude(Include.ALWAYS) @Nullable @Size(max = 64)
        List<@NotNull String> secrets,

        @Nullable @Size(max = 64) List<@NotNull @Valid Header> headers,
        @Nullable String image,
        @Nullable String handler,

        @Schema(accessMode = AccessMode.WRITE_ONLY) @Nullable
        String source,

        @Schema(accessMode = AccessMode.WRITE_ONLY) @Nullable
        String sourceURL,

        @Nullable FunctionSchema schema,
        @JsonInclude(Include.ALWAYS) @Nullable List<String> services,

        @JsonInclude(Include.ALWAYS) @Nullable @Size(max = 64)
        List<@NotNull Tag> tags,

        @Schema(accessMode = AccessMode.READ_ONLY) @Pattern(regexp = Names.KIND, message = Names.KIND_RULE) @Nullable
        String kind,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID id,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable UUID faasId,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Status status,

        @Schema(accessMode = AccessMode.READ_ONLY) @JsonInclude(Include.ALWAYS) @Nullable
        List<String> reason,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long createdTime,
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Long modifiedTime) {

    /** The longest timeout of one call, in milliseconds: 15 minutes. */
    public static final long MAX_TIMEOUT = 900_000;

    /** What the client wants: all but what only the server says. Empty text and 0 are as good as absent, and come back so. */
    public Function desired() {
        return new Function(
                name,
                endpoint,
                command,
                protocol,
                timeout == null || timeout == 0 ? null : timeout,
                secrets,
                headers,
                absentIfEmpty(image),
                absentIfEmpty(handler),
                null,
                null,
                schema,
                services,
                Tag.distinct(tags),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable String absentIfEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The same with what the server says about it. */
    public Function observed(
            UUID id, Status status, @Nullable List<String> reason, long createdTime, long modifiedTime) {
        return new Function(
                name,
                endpoint,
                command,
                protocol,
                timeout,
                secrets,
                headers,
                image,
                handler,
                null,
                null,
                schema,
                services,
                tags,
                "Function",
                id,
                id,
                status,
                reason,
                createdTime,
                modifiedTime);
    }
}
