package io.dispatch.functioninvoker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A function over HTTP that remembers how it was called and answers as it is told. */
public final class FakeFunction implements AutoCloseable {

    static {
        // The server would else close what is beyond 200 idle connections, while they are used again.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private volatile Function<Received, Reply> behaviour = _ -> Reply.of(200, "");

    /** A call as it arrived. */
    public record Received(Map<String, String> headers, String body) {

        /** A header by its lower-case name, or null. */
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        /** The event's id in binary mode. */
        public String eventId() {
            return headers.getOrDefault("ce-id", "");
        }
    }

    /** An answer. */
    public record Reply(int status, String body, Map<String, String> headers) {

        public static Reply of(int status, String body) {
            return new Reply(status, body, Map.of("Content-Type", "application/json"));
        }
    }

    public FakeFunction() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it stands. */
    public String url() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    /** What it does from now on; may block. */
    public FakeFunction answers(Function<Received, Reply> newBehaviour) {
        behaviour = newBehaviour;
        return this;
    }

    /** Always this status, from now on. */
    public FakeFunction answers(int status) {
        return answers(_ -> Reply.of(status, ""));
    }

    /** All calls so far, in the order they arrived. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The event ids of all calls so far, in the order they arrived. */
    public List<String> eventIds() {
        return received.stream().map(Received::eventId).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().toLowerCase(Locale.ROOT),
                            entry -> entry.getValue().getFirst()));
            var call =
                    new Received(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(call);
            Reply reply = behaviour.apply(call);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
