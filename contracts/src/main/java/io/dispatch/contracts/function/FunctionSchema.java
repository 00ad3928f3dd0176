package io.dispatch.contracts.function;

import io.dispatch.contracts.RawJson;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes and gives, as JSON Schema. Kept and returned; a function from source is held to it.
 *
 * @param in of the input, or null
 * @param out of the output, or null
 */
@Schema(name = "FunctionSchema")
public record FunctionSchema(@Nullable RawJson in, @Nullable RawJson out) {}
