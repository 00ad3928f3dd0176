package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.e2e.ApiDocument.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent to any route of the OpenAPI document is answered in time, by a status and a body that the document tells
 * of, and leaves nothing half-written. The seed is fixed, so that a build tells the same twice; change it to hunt.
 */
class FuzzIT {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Pattern NAME = Pattern.compile("[a-z]{8,20}");
    private static final List<String> HEADERS = List.of(
            "X-Dispatch-Org",
            "Accept",
            "If-Match",
            "Cookie",
            "ce-specversion",
            "ce-id",
            "ce-type",
            "ce-source",
            "ce-time",
            "X-Auth-Request-Redirect");

    @SuppressWarnings("NullAway.Init") // jqwik sets both before the first try
    private static Product product;

    @SuppressWarnings("NullAway.Init")
    private static ApiDocument api;

    @BeforeContainer
    static void start() throws IOException, InterruptedException {
        product = Product.start("fuzz");
        api = new ApiDocument(product.read("/v1/openapi.json"));
    }

    @AfterContainer
    static void stop() {
        product.close();
    }

    /**
     * One request.
     *
     * @param target path and query, percent-encoded
     * @param body a character for each byte
     */
    record Fuzz(Operation operation, String target, Map<String, String> headers, String body) {

        HttpRequest.Builder request() {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(product.url() + target))
                    .timeout(LONGEST)
                    .method(operation.method(), BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
            headers.forEach(request::header);
            return request;
        }

        @Override
        public String toString() {
            return "%s %s %s %s".formatted(operation.method(), target, headers, body);
        }
    }

    @Property(tries = 1500, seed = "4711")
    void isAnsweredAsDocumented(@ForAll("requests") Fuzz fuzz) throws IOException, InterruptedException {
        Optional<String> resource = created(fuzz);
        boolean before = exists(resource, fuzz);

        HttpResponse<String> answer = product.send(fuzz.request());

        String contentType = answer.headers().firstValue("Content-Type").orElse("");
        assertThat(answer.statusCode())
                .as(answer.body())
                .satisfiesAnyOf(
                        status -> assertThat(status).isLessThan(500),
                        status -> assertThat(status).isEqualTo(501));
        assertThat(api.complaints(fuzz.operation(), answer.statusCode(), contentType, answer.body()))
                .as("%d %s", answer.statusCode(), answer.body())
                .isEmpty();
        assertThat(exists(resource, fuzz))
                .as("what is there after %d", answer.statusCode())
                .isEqualTo(before || (resource.isPresent() && answer.statusCode() == 201));
    }

    /** The path of the resource that a request asks for, if it asks for one by a name that can be looked up. */
    private static Optional<String> created(Fuzz fuzz) {
        if (!fuzz.operation().method().equals("POST")) {
            return Optional.empty();
        }
        Pattern single = Pattern.compile(Pattern.quote(fuzz.operation().path()) + "/\\{[^/]*\\}");
        return name(fuzz.body())
                .filter(name -> NAME.matcher(name).matches())
                .filter(_ -> api.operations().stream()
                        .anyMatch(other -> other.method().equals("GET")
                                && single.matcher(other.path()).matches()))
                .map(name -> fuzz.operation().path() + "/" + name);
    }

    private static boolean exists(Optional<String> resource, Fuzz fuzz) throws IOException, InterruptedException {
        if (resource.isEmpty()) {
            return false;
        }
        HttpRequest.Builder request = product.request(resource.get()).GET();
        Optional.ofNullable(fuzz.headers().get("X-Dispatch-Org"))
                .ifPresent(organization -> request.header("X-Dispatch-Org", organization));
        return product.send(request).statusCode() == 200;
    }

    private static Optional<String> name(String body) {
        try {
            JsonNode json = Product.JSON.readTree(body.getBytes(StandardCharsets.ISO_8859_1));
            return json.path("name").isString() ? Optional.of(json.path("name").asString()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<Fuzz> requests() {
        JsonArbitraries json = new JsonArbitraries(api);
        List<Operation> ending = api.operations().stream()
                .filter(operation -> !operation.isStream())
                .toList();
        return Arbitraries.of(ending)
                .flatMap(operation -> Combinators.combine(
                                targets(operation),
                                headers(operation.body().isPresent()),
                                operation.body().map(json::bodies).orElse(Arbitraries.just("")))
                        .as((target, headers, body) -> new Fuzz(operation, target, headers, body)));
    }

    private static Arbitrary<String> targets(Operation operation) {
        Arbitrary<String> segments = Arbitraries.frequencyOf(
                        Tuple.of(3, JsonArbitraries.strings().filter(text -> !text.isEmpty())),
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        "..",
                                        ".",
                                        "a/b",
                                        "a;b=c",
                                        "%",
                                        "\u0000",
                                        "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77")))
                .map(FuzzIT::encoded);
        List<String> names = operation.parameters("query");
        Arbitrary<List<String>> values =
                JsonArbitraries.strings().map(FuzzIT::encoded).list().ofSize(names.size());
        Arbitrary<Integer> sent = Arbitraries.integers().between(0, names.size());
        return Combinators.combine(segments, values, sent).as((segment, queries, count) -> {
            StringBuilder target =
                    new StringBuilder(operation.path().replaceAll("\\{[^}]*\\}", segment.replace("$", "%24")));
            for (int i = 0; i < count; i++) {
                target.append(i == 0 ? '?' : '&')
                        .append(names.get(i))
                        .append('=')
                        .append(queries.get(i));
            }
            return target.toString();
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Arbitrary<Map<String, String>> headers(boolean withBody) {
        Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(30);
        Arbitrary<Map<String, String>> odd =
                Arbitraries.maps(Arbitraries.of(HEADERS), values).ofMaxSize(2);
        Arbitrary<String> types = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just("application/json")),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "application/cloudevents+json", "application/cloudevents-batch+json", "text/plain")),
                Tuple.of(1, values));
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(Map.<String, String>of())), Tuple.of(1, odd)),
                        types)
                .as((headers, type) -> {
                    Map<String, String> all = new TreeMap<>(headers);
                    if (withBody) {
                        all.put("Content-Type", type);
                    }
                    return all;
                });
    }

    @Property(tries = 300, seed = "4711")
    void aLineThatIsNoHttpEndsTheConnection(@ForAll("lines") String line) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(product.url()).getPort())) {
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            // The third is HTTP/0.9, which has no status line: what follows GET and a blank is taken for a whole
            // request.
            assertThat(answer)
                    .doesNotContain("Exception")
                    .matches("(?s)|HTTP/1\\.1 ([1-4]..|50[15]) .*|\\{\"code\":4.*");
        }
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> starts = Arbitraries.of("GET ", "POST ", "GET /v1/", "DELETE //", "PUT /v1/event/", "");
        Arbitrary<String> middles =
                Arbitraries.strings().withCharRange((char) 0, (char) 255).ofMaxLength(60);
        Arbitrary<String> ends = Arbitraries.of(
                " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                " HTTP/1.1\r\nConnection: close\r\n\r\n",
                " HTTP/9.9\r\n\r\n",
                "\r\n\r\n",
                "");
        return Combinators.combine(starts, middles, ends).as((start, middle, end) -> start + middle + end);
    }
}
