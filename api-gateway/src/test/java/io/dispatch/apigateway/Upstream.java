package io.dispatch.apigateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A small service behind the gateway: remembers what it was sent and answers as it is told. */
final class Upstream implements AutoCloseable {

    private static final HttpHandler OK = exchange -> answer(exchange, 200, "{}");

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile HttpHandler handler = OK;
    private HttpServer server;

    Upstream() {
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int onPort) {
        try {
            HttpServer listening =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/readyz")) {
            answer(exchange, 200, "{\"status\":\"UP\"}");
        } else {
            handler.handle(exchange);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Answers from now on so, having read and remembered the request; null brings back 200 with {@code {}}. */
    void answers(@Nullable HttpHandler answer) {
        received.clear();
        HttpHandler then = answer == null ? OK : answer;
        handler = exchange -> {
            received.add(Received.of(exchange));
            then.handle(exchange);
        };
    }

    /** Hands requests over from now on without having read their body. */
    void takes(HttpHandler raw) {
        received.clear();
        handler = raw;
    }

    List<Received> received() {
        return received;
    }

    Received last() {
        return received.getLast();
    }

    /** Ends it with all its connections. */
    void stop() {
        server.stop(0);
    }

    /** Is there again, where it was. */
    void startAgain() {
        server = listen(port);
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        stop();
    }

    /** A request as it arrived. */
    record Received(String method, String uri, Map<String, List<String>> headers, String body) {

        static Received of(HttpExchange exchange) throws IOException {
            return new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        /** The header's one value; null if it was not sent. */
        @Nullable
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : String.join(", ", values);
        }
    }
}
