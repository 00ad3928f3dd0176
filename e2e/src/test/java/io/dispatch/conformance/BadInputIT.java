package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to any route that takes a body is refused clearly, and nothing is half-written. */
@ExtendWith(StrictDispatch.class)
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

    /** One for all tests, so that what one of them writes is found. */
    private static final String ORGANIZATION = "bad-input-" + UUID.randomUUID();

    private final Wire wire;

    BadInputIT(Wire wire) {
        this.wire = wire.in(ORGANIZATION);
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
    void isRefusedWithOneClearSentence(String request) {
        String path = request.substring(0, request.indexOf(' '));
        byte[] body = bodies().get(request.substring(request.indexOf(' ') + 1));

        Wire.Answer answer = wire.send(wire.request(path).POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.text()).contains("\"code\":").contains("\"message\":").doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void moreThanAnyRouteTakesIsRefused(String path) {
        Wire.Answer answer =
                wire.send(wire.request(path).expectContinue(true).POST(BodyPublishers.ofByteArray(new byte[13 << 20])));

        assertThat(answer.is(413).code()).isEqualTo(413);
    }

    static Stream<String> paths() {
        return Arrays.stream(PATHS);
    }

    @Test
    void nothingWasWritten() {
        for (String path : PATHS) {
            if (!path.equals("/v1/event") && !path.startsWith("/v1/runs") && !path.startsWith("/v1/iam/")) {
                assertThat(wire.get(path).text()).as(path).isEqualTo("[]");
            }
        }
    }
}
