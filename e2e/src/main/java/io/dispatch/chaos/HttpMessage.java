package io.dispatch.chaos;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request or answer of HTTP/1.1 (RFC 9112), read whole. */
final class HttpMessage {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LONGEST_BODY = 1024 * 1024;

    private final String startLine;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpMessage(String startLine, Map<String, String> headers, byte[] body) {
        this.startLine = startLine;
        this.headers = headers;
        this.body = body;
    }

    /** The next message, or null if the other side has closed the connection before it. */
    static @Nullable HttpMessage read(InputStream in) throws IOException {
        String startLine = line(in);
        if (startLine == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = wholeLine(in); !line.isEmpty(); line = wholeLine(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header: " + line);
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new HttpMessage(startLine, headers, body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return octets(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = Integer.parseInt(wholeLine(in), 16);
        while (size > 0) {
            body.write(octets(in, size));
            wholeLine(in);
            size = Integer.parseInt(wholeLine(in), 16);
        }
        wholeLine(in);
        return body.toByteArray();
    }

    private static byte[] octets(InputStream in, int length) throws IOException {
        if (length > LONGEST_BODY) {
            throw new IOException("too long: %d bytes".formatted(length));
        }
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException();
        }
        return octets;
    }

    private static String wholeLine(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                if (line.isEmpty()) {
                    return null;
                }
                throw new EOFException();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line without end");
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    /** The path of a request. */
    String path() {
        return word(1);
    }

    /** The status code of an answer. */
    int status() {
        return Integer.parseInt(word(1));
    }

    private String word(int index) {
        return startLine.split(" ", -1)[index];
    }

    /** Its value, or the empty text; the name in any case. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    byte[] body() {
        return body;
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
