package io.dispatch.apigateway;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.dispatch.contracts.event.GatheredEmits;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
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
    private final List<Integer> gathered = new CopyOnWriteArrayList<>();
    private volatile HttpHandler handler = OK;
    private volatile HttpHandler emitted = _ -> {};
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
        } else if (exchange.getRequestURI().getPath().equals("/internal/emits")) {
            takeEmits(exchange);
        } else {
            handler.handle(exchange);
        }
    }

    /** As event-manager does it: one answer for each emit, in order. */
    private void takeEmits(HttpExchange exchange) throws IOException {
        List<Emit> emits = GatheredEmits.decodeEmits(exchange.getRequestBody().readAllBytes());
        gathered.add(emits.size());
        emits.forEach(emit -> received.add(Received.of(emit)));
        emitted.handle(exchange);
        byte[] answers =
                GatheredEmits.encodeAnswers(emits.stream().map(Upstream::answer).toList());
        exchange.sendResponseHeaders(200, answers.length);
        exchange.getResponseBody().write(answers);
        exchange.close();
    }

    private static Answer answer(Emit emit) {
        return new Answer(
                202,
                Map.of("content-type", "application/json", "dispatch-matched", "1"),
                "{\"length\":%d}".formatted(emit.body().length).getBytes(StandardCharsets.UTF_8));
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

    /** Does this from now on when emits have come in, before they are answered. */
    void onEmits(HttpHandler then) {
        received.clear();
        gathered.clear();
        emitted = then;
    }

    /** How many emits each request carried. */
    List<Integer> gathered() {
        return gathered;
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

    /** A request, or one of many emits in a request, as it arrived. */
    record Received(
            String method,
            String uri,
            Map<String, List<String>> headers,
            String body,
            String organization,
            String subject,
            List<String> scope) {

        static Received of(HttpExchange exchange) throws IOException {
            JWTClaimsSet claims = claims(exchange.getRequestHeaders().getFirst("Authorization"));
            return new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    String.valueOf(claims.getClaim("org")),
                    claims.getSubject(),
                    List.of(String.valueOf(claims.getClaim("scope")).split(" ", -1)));
        }

        static Received of(Emit emit) {
            Headers headers = new Headers();
            emit.headers().forEach(headers::add);
            return new Received(
                    "POST",
                    "/v1/event",
                    headers,
                    new String(emit.body(), StandardCharsets.UTF_8),
                    emit.organization(),
                    emit.subject(),
                    List.of());
        }

        private static JWTClaimsSet claims(String authorization) {
            try {
                return SignedJWT.parse(authorization.substring("Bearer ".length()))
                        .getJWTClaimsSet();
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The header's values; null if it was not sent. */
        @Nullable
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : String.join(", ", values);
        }
    }
}
