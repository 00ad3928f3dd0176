package io.dispatch.contracts.run;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run failed.
 *
 * @param type {@code InputError}, {@code FunctionError} or {@code SystemError}
 * @param message one sentence
 * @param stacktrace the function's own, or null
 */
@Schema(name = "RunError")
public record RunError(
        String type, String message, @Nullable List<String> stacktrace) {}
