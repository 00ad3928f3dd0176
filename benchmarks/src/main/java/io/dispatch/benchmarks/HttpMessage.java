package io.dispatch.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds its way in the bytes of an HTTP/1.1 message (RFC 9112): where it ends and what a header says. */
final class HttpMessage {

    static final int INCOMPLETE = -1;

    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_LINE = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private HttpMessage() {}

    /** The length in bytes of the first message in the buffer (from 0 to its position), or {@link #INCOMPLETE}. */
    static int length(ByteBuffer buffer) {
        int headers = indexOf(buffer, END_OF_HEADERS, 0, buffer.position());
        if (headers < 0) {
            return INCOMPLETE;
        }
        int body = headers + END_OF_HEADERS.length;
        String length = header(buffer, "content-length", body);
        int end;
        if (!length.isEmpty()) {
            end = body + Integer.parseInt(length);
        } else if (header(buffer, "transfer-encoding", body).equals("chunked")) {
            end = endOfChunks(buffer, body);
        } else {
            end = body;
        }
        return end <= buffer.position() ? end : INCOMPLETE;
    }

    /** The path of a request that is complete, without the slash it begins with. */
    static String path(ByteBuffer buffer) {
        String line = text(buffer, 0, indexOf(buffer, END_OF_LINE, 0, buffer.position()));
        String target = line.split(" ", -1)[1];
        return target.substring(1);
    }

    /** The status code of a response that is complete. */
    static int status(ByteBuffer buffer) {
        return digit(buffer, 9) * 100 + digit(buffer, 10) * 10 + digit(buffer, 11);
    }

    /**
     * The value of a header, or the empty text.
     *
     * @param name in lower case
     * @param end where the headers end
     */
    static String header(ByteBuffer buffer, String name, int end) {
        int line = indexOf(buffer, END_OF_LINE, 0, end);
        while (line >= 0) {
            int start = line + END_OF_LINE.length;
            line = indexOf(buffer, END_OF_LINE, start, end);
            if (line > start && isNamed(buffer, start, name)) {
                return text(buffer, start + name.length() + 1, line).strip();
            }
        }
        return "";
    }

    private static boolean isNamed(ByteBuffer buffer, int start, String name) {
        for (int i = 0; i < name.length(); i++) {
            int letter = buffer.get(start + i);
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != name.charAt(i)) {
                return false;
            }
        }
        return buffer.get(start + name.length()) == ':';
    }

    private static int endOfChunks(ByteBuffer buffer, int body) {
        int chunk = body;
        while (true) {
            int line = indexOf(buffer, END_OF_LINE, chunk, buffer.position());
            if (line < 0) {
                return Integer.MAX_VALUE;
            }
            int size = Integer.parseInt(text(buffer, chunk, line).strip(), 16);
            chunk = line + END_OF_LINE.length + size + END_OF_LINE.length;
            if (size == 0) {
                return chunk;
            }
        }
    }

    private static String text(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int digit(ByteBuffer buffer, int index) {
        return buffer.get(index) - '0';
    }

    private static int indexOf(ByteBuffer buffer, byte[] searched, int from, int to) {
        for (int i = from; i <= to - searched.length; i++) {
            int j = 0;
            while (j < searched.length && buffer.get(i + j) == searched[j]) {
                j++;
            }
            if (j == searched.length) {
                return i;
            }
        }
        return -1;
    }
}
