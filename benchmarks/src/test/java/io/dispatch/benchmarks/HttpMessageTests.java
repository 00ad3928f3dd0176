package io.dispatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpMessageTests {

    private static final String SIZED = "HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\nX: y\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {SIZED, CHUNKED, EMPTY})
    void a_message_ends_where_it_says_and_not_before(String message) {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        for (byte octet : message.getBytes(StandardCharsets.US_ASCII)) {
            assertThat(HttpMessage.length(buffer)).isEqualTo(HttpMessage.INCOMPLETE);
            buffer.put(octet);
        }
        buffer.put("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(HttpMessage.length(buffer)).isEqualTo(message.length());
    }

    @Test
    void a_header_is_found_by_its_whole_name_in_any_case() {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        buffer.put("POST / HTTP/1.1\r\nce-id-x: 1\r\nCE-Id:  42 \r\n\r\nce-id: 7".getBytes(StandardCharsets.US_ASCII));

        assertThat(HttpMessage.header(buffer, "ce-id", buffer.position())).isEqualTo("42");
        assertThat(HttpMessage.header(buffer, "missing", buffer.position())).isEmpty();
    }

    @Test
    void the_status_is_read() {
        ByteBuffer buffer = ByteBuffer.allocate(1024).put(SIZED.getBytes(StandardCharsets.US_ASCII));

        assertThat(HttpMessage.status(buffer)).isEqualTo(202);
    }
}
