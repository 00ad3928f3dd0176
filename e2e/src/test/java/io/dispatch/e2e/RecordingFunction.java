package io.dispatch.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** A function somewhere else: it remembers which events it was called with, and answers what the test says. */
public final class RecordingFunction implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private volatile IntSupplier status = () -> 200;
    private volatile Map<String, String> answeredHeaders = Map.of();

    /** One call. */
    public record Call(String id, String type, String body, String attempt) {}

    public RecordingFunction() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::call);
        server.start();
    }

    private void call(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            calls.add(new Call(
                    String.valueOf(headers.getFirst("ce-id")),
                    String.valueOf(headers.getFirst("ce-type")),
                    body,
                    String.valueOf(headers.getFirst("Dispatch-Attempt"))));
            ids.add(String.valueOf(headers.getFirst("ce-id")));
            byte[] answer = "{\"done\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answeredHeaders.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status.getAsInt(), answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** From now on it answers these. */
    public void answers(IntSupplier status) {
        this.status = status;
    }

    /** From now on its answers are events of this type. */
    public void answersEvents(String type) {
        answeredHeaders =
                Map.of("ce-specversion", "1.0", "ce-id", "its own", "ce-source", "/recording", "ce-type", type);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public Queue<Call> calls() {
        return calls;
    }

    /** The ids of all events it was called with. */
    Set<String> ids() {
        return ids;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
