package io.dispatch.cli.config;

import org.jspecify.annotations.Nullable;

/**
 * What the command line says about the server and the caller; null where it says nothing.
 *
 * @param config the file with the contexts
 */
public record Flags(
        @Nullable String config,
        @Nullable String host,
        @Nullable String port,
        @Nullable String scheme,
        @Nullable String organization,
        @Nullable String insecure,
        @Nullable String certificateAuthority,
        @Nullable String token,
        @Nullable String serviceAccount,
        @Nullable String jwtPrivateKey) {

    /** Nothing at all. */
    public static final Flags NONE = new Flags(null, null, null, null, null, null, null, null, null, null);
}
