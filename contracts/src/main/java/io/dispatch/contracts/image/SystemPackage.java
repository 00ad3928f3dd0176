package io.dispatch.contracts.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A package of an image's operating system.
 *
 * @param name as the system's package tool knows it
 * @param version null means any
 */
@Schema(name = "SystemPackage")
@JsonInclude(Include.NON_NULL)
public record SystemPackage(@Nullable String name, @Nullable String version) {}
