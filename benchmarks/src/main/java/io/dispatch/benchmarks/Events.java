package io.dispatch.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the requests: CloudEvents 1.0 with 300 bytes of JSON, of which {@code id} is a number. */
final class Events {

    private static final int BODY_LENGTH = 300;
    private static final String BODY = "{\"order\":4711,\"note\":\"" + "x".repeat(BODY_LENGTH - 24) + "\"}";

    private final String authority;
    private final String type;
    private final byte[] binaryHead;
    private final byte[] binaryTail;

    /**
     * @param authority host and port for the {@code Host} header
     * @param type of the events
     */
    Events(String authority, String type) {
        this.authority = authority;
        this.type = type;
        this.binaryHead = bytes("""
                POST /v1/event HTTP/1.1
                Host: %s
                ce-specversion: 1.0
                ce-type: %s
                ce-source: /benchmark
                ce-time: 2026-01-01T00:00:00Z
                Content-Type: application/json
                Content-Length: %d
                ce-id:""".formatted(authority, type, BODY.length()));
        this.binaryTail = bytes("\n\n" + BODY);
    }

    /** One event in binary mode. */
    byte[] binary(int event) {
        byte[] id = bytes(" " + event);
        return ByteBuffer.allocate(binaryHead.length + id.length + binaryTail.length)
                .put(binaryHead)
                .put(id)
                .put(binaryTail)
                .array();
    }

    /** One event in structured mode. */
    byte[] structured(int event) {
        return request("application/cloudevents+json", json(event));
    }

    /** Some events in one request. */
    byte[] batch(int first, int count) {
        return request(
                "application/cloudevents-batch+json",
                IntStream.range(first, first + count).mapToObj(this::json).collect(Collectors.joining(",", "[", "]")));
    }

    private String json(int event) {
        return """
                {"specversion":"1.0","id":"%d","type":"%s","source":"/benchmark","time":"2026-01-01T00:00:00Z",\
                "datacontenttype":"application/json","data":%s}""".formatted(event, type, BODY);
    }

    private byte[] request(String contentType, String body) {
        return bytes("""
                POST /v1/event HTTP/1.1
                Host: %s
                Content-Type: %s
                Content-Length: %d

                %s""".formatted(authority, contentType, body.length(), body));
    }

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
