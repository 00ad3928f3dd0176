package io.dispatch.contracts.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the functions on an image need from their language's registry.
 *
 * @param manifest the text of the language's manifest file, or null
 */
@Schema(name = "RuntimeDependencies")
@JsonInclude(Include.NON_NULL)
public record RuntimeDependencies(@Nullable String manifest) {}
