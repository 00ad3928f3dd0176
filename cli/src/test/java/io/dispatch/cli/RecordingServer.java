package io.dispatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that answers what it was told to and writes down what it was asked; for one test. */
final class RecordingServer implements AutoCloseable, AfterEachCallback {

    private final HttpServer server;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    /** On a free port of this machine. */
    RecordingServer() {
        this(HttpServer::create);
    }

    private RecordingServer(Opening opening) {
        try {
            server = opening.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** The same with TLS. */
    static RecordingServer withTls(SSLContext context) {
        return new RecordingServer((address, backlog) -> {
            HttpsServer https = HttpsServer.create(address, backlog);
            https.setHttpsConfigurator(new HttpsConfigurator(context));
            return https;
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on this request, such as {@code GET /v1/secret}, is answered so. */
    RecordingServer on(String request, int status, String body) {
        return on(request, status, body, null);
    }

    RecordingServer on(String request, int status, String body, @Nullable String etag) {
        synchronized (requests) {
            answers.put(request, new Answer(status, body, etag));
        }
        return this;
    }

    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The requests with this method. */
    List<Request> requests(String method) {
        return requests().stream()
                .filter(request -> request.line().startsWith(method + " "))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        Answer answer;
        synchronized (requests) {
            requests.add(new Request(line, headers, body));
            answer = answers.getOrDefault(
                    line, new Answer(404, "{\"code\":404,\"message\":\"resource does not exist\"}", null));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (answer.etag() != null) {
            exchange.getResponseHeaders().set("ETag", answer.etag());
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
    }

    @FunctionalInterface
    private interface Opening {
        HttpServer open(InetSocketAddress address, int backlog) throws IOException;
    }

    record Request(String line, Map<String, String> headers, String body) {}

    private record Answer(int status, String body, @Nullable String etag) {}
}
