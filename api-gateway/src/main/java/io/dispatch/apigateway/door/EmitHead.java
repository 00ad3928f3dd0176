package io.dispatch.apigateway.door;

import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.Routes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of an emit in the plain form that clients send (RFC 9112): this request line, header lines of visible ASCII, one
 * {@code Host}, one {@code Content-Length}, and nothing that asks for more than a body and an answer. Whatever is not plainly
 * so is left to Tomcat, which reads it in full or refuses it: so there are not two opinions of one request.
 */
final class EmitHead implements RequestHead, Beginning {

    private static final byte[] REQUEST_LINE =
            ("POST " + Routes.EMIT + " HTTP/1.1\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LENGTH = 16 * 1024;
    private static final int MAX_DIGITS = 9;

    private static final Set<String> ASKS_FOR_MORE = Set.of("expect", "te", "trailer", "transfer-encoding", "upgrade");

    private final Map<String, List<String>> headers;
    private final int length;
    private final int contentLength;

    private EmitHead(Map<String, List<String>> headers, int length, int contentLength) {
        this.headers = headers;
        this.length = length;
        this.contentLength = contentLength;
    }

    /**
     * Looks at the first bytes of a request, and leaves them where they are.
     *
     * @param maxBody an emit with a longer body is something else
     */
    static Beginning look(ByteBuf in, int maxBody) {
        int start = in.readerIndex();
        int known = Math.min(REQUEST_LINE.length, in.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(start + i) != REQUEST_LINE[i]) {
                return new Beginning.Other();
            }
        }
        if (known < REQUEST_LINE.length) {
            return new Beginning.Undecided();
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int line = start + REQUEST_LINE.length;
        while (true) {
            int end = in.indexOf(line, in.writerIndex(), (byte) '\n');
            if (end < 0) {
                return in.readableBytes() > MAX_LENGTH ? new Beginning.Other() : new Beginning.Undecided();
            }
            if (end - start > MAX_LENGTH || end == line || in.getByte(end - 1) != '\r') {
                return new Beginning.Other();
            }
            if (end == line + 1) {
                return of(headers, end + 1 - start, maxBody);
            }
            if (!add(in.toString(line, end - 1 - line, StandardCharsets.ISO_8859_1), headers)) {
                return new Beginning.Other();
            }
            line = end + 1;
        }
    }

    private static Beginning of(Map<String, List<String>> headers, int length, int maxBody) {
        String contentLength = only(headers, "content-length");
        boolean plain = contentLength != null
                && contentLength.length() <= MAX_DIGITS
                && !contentLength.isEmpty()
                && contentLength.chars().allMatch(c -> c >= '0' && c <= '9')
                && only(headers, "host") != null
                && headers.getOrDefault("connection", List.of()).stream().allMatch("keep-alive"::equalsIgnoreCase);
        return plain && Integer.parseInt(contentLength) <= maxBody
                ? new EmitHead(headers, length, Integer.parseInt(contentLength))
                : new Beginning.Other();
    }

    private static @Nullable String only(Map<String, List<String>> headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }

    /** Adds the header of a line; false if it is not plain. */
    private static boolean add(String line, Map<String, List<String>> headers) {
        int colon = line.indexOf(':');
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (i < colon ? !isOfName(c) : c != '\t' && (c < ' ' || c > '~')) {
                return false;
            }
        }
        if (colon < 1) {
            return false;
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.computeIfAbsent(name, _ -> new ArrayList<>(1))
                .add(line.substring(colon + 1).strip());
        return !ASKS_FOR_MORE.contains(name);
    }

    /** Of the characters of RFC 9110 section 5.6.2 those that are in use. */
    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** How many bytes it has itself. */
    int length() {
        return length;
    }

    /** How many bytes follow it. */
    int contentLength() {
        return contentLength;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public List<String> names() {
        return List.copyOf(headers.keySet());
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public boolean hasBody() {
        return contentLength > 0;
    }
}
