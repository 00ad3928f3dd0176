package io.dispatch.apigateway.caller;

/**
 * Whom the gateway lets in without a credential: nobody, but for local mode.
 *
 * @param open whether whoever reaches the gateway may do everything; only ever on loopback
 * @param strict whether the original's header rules hold to the letter
 */
public record AccessMode(boolean open, boolean strict) {}
