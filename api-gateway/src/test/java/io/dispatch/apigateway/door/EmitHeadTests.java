package io.dispatch.apigateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.ServletHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** What the listener answers itself, and what it leaves to Tomcat. */
class EmitHeadTests {

    private static final int MAX_BODY = 100;

    private static final String PLAIN = """
            POST /v1/event HTTP/1.1
            Host: localhost:8080
            Content-Type: application/json
            X-Dispatch-Org: acme
            ce-id: 1
            x-twice: a
            X-Twice: b
            Content-Length: 2

            """.replace("\n", "\r\n");

    private static Beginning look(String request) {
        ByteBuf bytes = Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1);
        Beginning beginning = EmitHead.look(bytes, MAX_BODY);
        assertThat(bytes.readerIndex()).isZero();
        return beginning;
    }

    static Stream<RequestHead> heads() {
        var servlet = new MockHttpServletRequest("POST", "/v1/event");
        servlet.addHeader("Host", "localhost:8080");
        servlet.addHeader("Content-Type", "application/json");
        servlet.addHeader("X-Dispatch-Org", "acme");
        servlet.addHeader("ce-id", "1");
        servlet.addHeader("x-twice", "a");
        servlet.addHeader("X-Twice", "b");
        servlet.setContent("{}".getBytes(StandardCharsets.UTF_8));
        return Stream.of((RequestHead) look(PLAIN), new ServletHead(servlet));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadSaysTheSameWhoeverHasReadIt(RequestHead head) {
        assertThat(head.method()).isEqualTo("POST");
        assertThat(head.query()).isNull();
        assertThat(head.hasBody()).isTrue();
        assertThat(head.header("content-type")).isEqualTo("application/json");
        assertThat(head.header("x-dispatch-ORG")).isEqualTo("acme");
        assertThat(head.headers("X-TWICE")).containsExactly("a", "b");
        assertThat(head.header("Authorization")).isNull();
        assertThat(head.headers("Authorization")).isEmpty();
        assertThat(head.names())
                .usingElementComparator(String::compareToIgnoreCase)
                .contains("Host", "Content-Type", "X-Dispatch-Org", "ce-id", "x-twice");
    }

    @Test
    void itsLengthsAreKnown() {
        EmitHead head = (EmitHead) look(PLAIN + "{}POST /v1/ev");

        assertThat(head.length()).isEqualTo(PLAIN.length());
        assertThat(head.contentLength()).isEqualTo(2);
    }

    @Test
    void untilAllOfItIsThereNothingIsDecided() {
        for (int length = 0; length < PLAIN.length(); length++) {
            assertThat(look(PLAIN.substring(0, length))).isInstanceOf(Beginning.Undecided.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/event HTTP/1.1\r\n",
                "POST /v1/event/ HTTP/1.1\r\n",
                "POST /v1/event?a=b HTTP/1.1\r\n",
                "POST /v1/event HTTP/1.0\r\n",
                "POST  /v1/event HTTP/1.1\r\n",
                "POST /v1/event HTTP/1.1\n",
                "\r\nPOST /v1/event HTTP/1.1\r\n",
                "POST http://localhost/v1/event HTTP/1.1\r\n",
                "\u0016\u0003\u0001",
            })
    void anotherRequestLineIsLeftToTomcat(String line) {
        assertThat(look(line)).isInstanceOf(Beginning.Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Expect: 100-continue",
                "Upgrade: h2c",
                "TE: trailers",
                "Trailer: x",
                "Connection: close",
                "Connection: keep-alive, x-dispatch-org",
                "Host: elsewhere",
                "Content-Length: 2",
                "Name : value",
                " folded",
                ": nothing",
                "nothing",
                "Näme: value",
                "Name: välue",
                "Name: a\u0000b",
                "Name: a\rb",
                "Name: a\nb",
            })
    void whatIsNotPlainIsLeftToTomcat(String line) {
        assertThat(look(PLAIN.replace("ce-id: 1", line))).isInstanceOf(Beginning.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+2", "0x2", "2,2", "101", "9999999999", "99999999999999999999"})
    void aLengthThatIsNoneOrTooMuchIsLeftToTomcat(String length) {
        assertThat(look(PLAIN.replace("Content-Length: 2", "Content-Length: " + length)))
                .isInstanceOf(Beginning.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "007"})
    void aLengthWithinTheLimitIsPlain(String length) {
        assertThat(look(PLAIN.replace("Content-Length: 2", "Content-Length: " + length)))
                .isInstanceOf(EmitHead.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:8080\r\n", "Content-Length: 2\r\n"})
    void withoutHostOrLengthItIsLeftToTomcat(String line) {
        assertThat(look(PLAIN.replace(line, ""))).isInstanceOf(Beginning.Other.class);
    }

    @Test
    void aHeadWithoutAnEndIsLeftToTomcat() {
        assertThat(look(PLAIN.replace("ce-id: 1", "ce-id: " + "1".repeat(16 * 1024))))
                .isInstanceOf(Beginning.Other.class);
        assertThat(look("POST /v1/event HTTP/1.1\r\nce-id: " + "1".repeat(17 * 1024)))
                .isInstanceOf(Beginning.Other.class);
    }
}
