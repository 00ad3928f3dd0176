package io.dispatch.contracts.run;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.Tag;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to call a function now, once, with no event behind it.
 *
 * @param blocking whether the answer waits for the function; null means no
 * @param input any JSON value, or null
 * @param secrets names of secrets that reach the function beside its own, or null
 * @param tags labels, or null
 */
@Schema(name = "RunRequest", description = "Calls a function now, once.")
public record RunRequest(
        @Nullable Boolean blocking,
        @Nullable RawJson input,
        @Nullable @Size(max = 64) List<@NotNull String> secrets,
        @Nullable @Size(max = 64) List<@NotNull Tag> tags) {}
