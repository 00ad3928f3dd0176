package io.dispatch.apigateway.door;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the gateway is reached.
 *
 * @param tlsCert PEM file with the certificate and what leads to its root, or null for plain HTTP
 * @param tlsKey PEM file with its private key, or null
 * @param behindTlsProxy whether something before the gateway ends TLS, so that plain HTTP may be served beyond loopback
 */
@ConfigurationProperties("dispatch.gateway")
record EntranceSettings(@Nullable Path tlsCert, @Nullable Path tlsKey, boolean behindTlsProxy) {}
