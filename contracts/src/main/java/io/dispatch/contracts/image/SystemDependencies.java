package io.dispatch.contracts.image;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the functions on an image need from their operating system.
 *
 * @param packages null means none
 */
@Schema(name = "SystemDependencies")
public record SystemDependencies(@Nullable List<@NotNull SystemPackage> packages) {}
