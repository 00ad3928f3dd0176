package io.dispatch.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes the requests: CloudEvents 1.0 in binary mode with 300 bytes of JSON. */
final class Events {

    static final String TYPE = "benchmark.event";
    private static final int BODY_LENGTH = 300;

    private final byte[] head;
    private final byte[] tail;

    /** @param authority host and port for the {@code Host} header */
    Events(String authority) {
        String body = "{\"order\":4711,\"note\":\"" + "x".repeat(BODY_LENGTH - 24) + "\"}";
        head = bytes("""
                POST /v1/event HTTP/1.1
                Host: %s
                ce-specversion: 1.0
                ce-type: %s
                ce-source: /benchmark
                ce-time: 2026-01-01T00:00:00Z
                Content-Type: application/json
                Content-Length: %d
                ce-id:""".formatted(authority, TYPE, body.length()));
        tail = bytes("\n\n" + body);
    }

    byte[] request(int event) {
        byte[] id = bytes(" " + event);
        return ByteBuffer.allocate(head.length + id.length + tail.length)
                .put(head)
                .put(id)
                .put(tail)
                .array();
    }

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
