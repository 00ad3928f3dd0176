package io.dispatch.contracts.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A header that each call of a function carries: its value as written, or one key of a secret.
 *
 * @param name the header's name (RFC 9110 section 5.1); not one that the platform sets itself
 * @param value what it says, or null where {@code secret} and {@code key} say where it stands
 * @param secret the secret that holds the value, or null
 * @param key the key in that secret, or null
 */
@Schema(name = "FunctionHeader", description = "A header sent with each call: a value, or one key of a secret.")
@JsonInclude(Include.NON_NULL)
public record Header(
        @NotNull @Size(max = 128) @Pattern(regexp = TOKEN) String name,

        @Nullable @Size(max = 8192) @Pattern(regexp = VALUE, message = VALUE_RULE)
        String value,

        @Nullable String secret,
        @Nullable String key) {

    /** A token of RFC 9110 section 5.6.2. */
    public static final String TOKEN = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";

    /** Visible ASCII, blanks and tabs: nothing that could end the line. */
    public static final String VALUE = "^[\\t\\x20-\\x7E]*$";

    private static final String VALUE_RULE = "may only contain visible ASCII characters, blanks and tabs";
}
