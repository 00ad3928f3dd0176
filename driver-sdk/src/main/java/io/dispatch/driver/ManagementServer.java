package io.dispatch.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** {@code /livez}, {@code /readyz} and {@code /metrics} on loopback, for whoever runs the driver. */
final class ManagementServer implements AutoCloseable {

    private final DriverStatus status;
    private @Nullable HttpServer server;

    ManagementServer(DriverStatus status) {
        this.status = status;
    }

    /** Opens the port, 0 for any that is free, and gives its number. */
    int listen(int port) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.createContext("/", this::answer);
            opened.start();
            server = opened;
            return opened.getAddress().getPort();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "DISPATCH_MANAGEMENT_PORT %d cannot be opened on loopback: %s".formatted(port, e.getMessage()));
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                write(exchange, 405, "only GET\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/livez" -> write(exchange, 200, "ok\n");
                case "/readyz" -> {
                    Optional<String> trouble = status.trouble();
                    write(exchange, trouble.isEmpty() ? 200 : 503, trouble.orElse("ok") + "\n");
                }
                case "/metrics" -> write(exchange, 200, status.metrics());
                default -> write(exchange, 404, "/livez, /readyz or /metrics\n");
            }
        }
    }

    private static void write(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }
}
