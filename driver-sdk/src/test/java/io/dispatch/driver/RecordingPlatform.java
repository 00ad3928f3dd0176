package io.dispatch.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What a driver sees of the platform, over real HTTP: a sink that writes down what it gets, and a place for checkpoints. */
public final class RecordingPlatform implements AutoCloseable {

    /** One request to the sink: header names in lower case. */
    public record Received(int answered, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private record Answer(int status, Map<String, String> headers) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
    private final Map<String, Checkpoint> documents = new HashMap<>();
    private long versions;
    private volatile @Nullable String token;
    private volatile int standing = 202;

    public RecordingPlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/event/ingest", this::take);
        server.createContext("/state/", this::keep);
        server.start();
    }

    public String sink() {
        return "http://127.0.0.1:%d/v1/event/ingest"
                .formatted(server.getAddress().getPort());
    }

    public String state() {
        return "http://127.0.0.1:%d/state".formatted(server.getAddress().getPort());
    }

    /** The next request to the sink that no earlier call stands for is answered so. */
    public void answerNext(int status) {
        answerNext(status, Map.of());
    }

    public void answerNext(int status, Map<String, String> headers) {
        script.add(new Answer(status, headers));
    }

    /** From now on every request is answered so, once the scripted answers are used up. */
    public void answer(int status) {
        standing = status;
    }

    /** From now on only this bearer token is let in. */
    public void requireToken(String required) {
        token = required;
    }

    public List<Received> received() {
        return received;
    }

    /** The ids of the events that were acknowledged, in order. */
    public List<String> acknowledgedIds() {
        return received.stream()
                .filter(request -> request.answered() / 100 == 2)
                .map(request -> request.header("ce-id"))
                .toList();
    }

    /** The stored checkpoint, or the empty text. */
    public synchronized String document(String key) {
        Checkpoint stored = documents.get(key);
        return stored == null ? "" : stored.document();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            Answer answer = allowed(exchange)
                    ? Objects.requireNonNullElseGet(script.poll(), () -> new Answer(standing, Map.of()))
                    : new Answer(401, Map.of());
            received.add(new Received(answer.status(), headers, body));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] text = "{\"message\":\"as the test said\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private synchronized void keep(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!allowed(exchange)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String key = exchange.getRequestURI().getPath().substring("/state/".length());
            Checkpoint stored = documents.get(key);
            if (exchange.getRequestMethod().equals("PUT")) {
                String document = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String match = exchange.getRequestHeaders().getFirst("If-Match");
                boolean holds = stored == null
                        ? "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
                        : stored.version().equals(match);
                if (!holds) {
                    exchange.sendResponseHeaders(412, -1);
                    return;
                }
                stored = new Checkpoint(document, "\"" + ++versions + "\"");
                documents.put(key, stored);
            }
            if (stored == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] text = stored.document().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", stored.version());
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private boolean allowed(HttpExchange exchange) {
        return token == null
                || ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }
}
