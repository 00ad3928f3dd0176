package io.dispatch.apigateway.caller;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers prove who they are.
 *
 * @param auth whether credentials are needed in local mode too; elsewhere they always are
 * @param strict whether the original's header rules hold to the letter; null means outside local mode
 * @param maxTokenLifetime how long a service account's token may be good for, 24 hours unless old clients need more
 * @param bootstrapUser the name that tokens of the bootstrap user have as issuer, or null
 * @param bootstrapPublicKey that user's key, as an account has it, or null
 * @param bootstrapFolder a folder that holds both, in files {@code bootstrap_user} and {@code bootstrap_public_key}, or null;
 *     the user is gone as soon as one of them is
 */
@ConfigurationProperties("dispatch.gateway")
record CallerSettings(
        boolean auth,
        @Nullable Boolean strict,
        @DefaultValue("24h") Duration maxTokenLifetime,
        @Nullable String bootstrapUser,
        @Nullable String bootstrapPublicKey,
        @Nullable Path bootstrapFolder) {}
