package io.dispatch.apigateway.door;

import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway is reached.
 *
 * @param address to listen at, null for every address
 * @param port to listen at, 0 for any that is free
 * @param tls ends TLS, null for plain HTTP
 */
record Opening(
        @Nullable InetAddress address, int port, @Nullable SslContext tls) {

    InetSocketAddress socket() {
        return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
    }
}
