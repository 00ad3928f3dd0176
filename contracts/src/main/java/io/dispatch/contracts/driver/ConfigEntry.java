package io.dispatch.contracts.driver;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An option of a driver. It reaches the driver as the argument {@code --key=value}, or {@code --key} without a value.
 *
 * @param key the option's name, without dashes before it
 * @param value what it is set to; null and empty are the same
 */
@Schema(name = "ConfigEntry", description = "An option: the argument --key=value, or --key without a value.")
@JsonInclude(Include.NON_EMPTY)
public record ConfigEntry(
        @NotNull @Size(max = 253) @Pattern(regexp = "^[^\\s=\\-\\x00][^\\s=\\x00]*$", message = KEY_RULE)
        String key,

        @Nullable @Size(max = 30_000) @Pattern(regexp = "^[^\\x00]*$", message = "must not contain a NUL character")
        String value) {

    private static final String KEY_RULE = "should not be empty, not start with a dash and hold no space and no '='";

    /** Empty text is as good as absent. */
    public ConfigEntry {
        value = value == null || value.isEmpty() ? null : value;
    }

    /**
     * The entries with one a key; of equal keys the last wins, in the place of the first.
     *
     * @return null for null, since the wire tells an absent list from an empty one
     */
    public static @Nullable List<ConfigEntry> distinct(@Nullable List<ConfigEntry> config) {
        if (config == null) {
            return null;
        }
        Map<String, ConfigEntry> byKey = new LinkedHashMap<>();
        config.forEach(entry -> byKey.put(entry.key(), entry));
        return new ArrayList<>(byKey.values());
    }
}
