package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to any route that takes a body is refused clearly, and nothing is half-written. */
class BadInputIT {

    private static final String[] PATHS = {
        "/v1/event",
        "/v1/event/subscriptions",
        "/v1/event/drivertypes",
        "/v1/event/drivers",
        "/v1/secret",
        "/v1/function",
        "/v1/runs?functionName=f",
        "/v1/image",
        "/v1/baseimage",
        "/v1/iam/organization",
        "/v1/iam/policy",
        "/v1/iam/serviceaccount"
    };

    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start("bad-input");
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    static Stream<String> requests() {
        return Arrays.stream(PATHS)
                .flatMap(path -> bodies().keySet().stream()
                        .filter(body -> !body.equals("null-tag") || !path.startsWith("/v1/iam/")) // no tags there
                        .map(body -> path + " " + body));
    }

    private static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("nothing", new byte[0]);
        bodies.put("half-an-object", bytes("{\"name\":\"a\""));
        bodies.put("no-json", bytes("hello"));
        bodies.put("a-number", bytes("7"));
        bodies.put("null", bytes("null"));
        bodies.put("a-list-of-a-list", bytes("[[]]"));
        bodies.put("wrong-types", bytes("{\"name\":{},\"eventType\":[],\"secrets\":7,\"rules\":\"x\",\"input\":}"));
        bodies.put("deep-nesting", bytes("{\"name\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"));
        bodies.put("long-name", bytes("{\"name\":\"%s\"}".formatted("a".repeat(100_000))));
        bodies.put("no-utf-8", new byte[] {'{', '"', 'n', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        bodies.put("null-byte", bytes("{\"name\":\"a\\u0000b\",\"eventType\":\"a\\u0000b\",\"function\":\"f\"}"));
        bodies.put("null-tag", bytes("{\"name\":\"a\",\"tags\":[null]}"));
        return bodies;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isRefusedWithOneClearSentence(String request) throws Exception {
        String path = request.substring(0, request.indexOf(' '));
        byte[] body = bodies().get(request.substring(request.indexOf(' ') + 1));

        HttpResponse<String> answer = product.send(product.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).contains("\"code\":").contains("\"message\":").doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void tenMegabytesAreRefused(String path) throws Exception {
        HttpResponse<String> answer = product.send(product.request(path)
                .header("Content-Type", "application/json")
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(new byte[10 << 20])));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":413");
    }

    static Stream<String> paths() {
        return Arrays.stream(PATHS);
    }

    @Test
    void nothingWasWritten() throws Exception {
        for (String path : PATHS) {
            if (!path.equals("/v1/event") && !path.startsWith("/v1/runs") && !path.startsWith("/v1/iam/")) {
                assertThat(product.get(path).body()).as(path).isEqualTo("[]");
            }
        }
    }
}
