package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The framing of {@code POST /internal/emits}, by which the gateway hands many callers' emits to event-manager in one
 * request (media type {@value #MEDIA_TYPE}) and gets one answer for each, in the same order. All integers are big-endian:
 *
 * <pre>
 * request  = *emit                   emit   = organization subject headers body
 * response = *answer                 answer = status(2 bytes) headers body
 * headers  = count(2 bytes) *(name value)     organization, subject, name, value = length(2 bytes) UTF-8
 * body     = length(4 bytes) bytes
 * </pre>
 *
 * Header names are lower case; of a request only {@code content-type} and those that begin with {@code ce-} matter.
 */
public final class GatheredEmits {
    /** What a body of this framing is announced as, both ways. */
    public static final String MEDIA_TYPE = "application/vnd.dispatch.emits";

    private GatheredEmits() {}

    /**
     * One caller's emit.
     *
     * @param organization the caller's organization, as the gateway found it
     * @param subject who the caller is
     * @param headers the request's headers that matter, names in lower case, in the order received
     * @param body the request's body as received, possibly empty; not to be written to
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
    public record Emit(String organization, String subject, Map<String, String> headers, byte[] body) {
        public Emit {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /**
     * The answer to one emit.
     *
     * @param status the HTTP status
     * @param headers the headers to answer with, names in lower case
     * @param body the body, possibly empty; not to be written to
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public Answer {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /** The body of a request. */
    public static byte[] encodeEmits(List<Emit> emits) {
        return encode(emits, (out, emit) -> {
            text(out, emit.organization());
            text(out, emit.subject());
            headers(out, emit.headers());
            body(out, emit.body());
        });
    }

    /**
     * The emits of a request's body.
     *
     * @throws IllegalArgumentException if the bytes are not framed as described
     */
    public static List<Emit> decodeEmits(byte[] bytes) {
        return decode(bytes, in -> new Emit(text(in), text(in), headers(in), body(in)));
    }

    /** The body of a response. */
    public static byte[] encodeAnswers(List<Answer> answers) {
        return encode(answers, (out, answer) -> {
            out.writeShort(answer.status());
            headers(out, answer.headers());
            body(out, answer.body());
        });
    }

    /**
     * The answers of a response's body.
     *
     * @throws IllegalArgumentException if the bytes are not framed as described
     */
    public static List<Answer> decodeAnswers(byte[] bytes) {
        return decode(bytes, in -> new Answer(in.readUnsignedShort(), headers(in), body(in)));
    }

    private static <T> byte[] encode(List<T> items, ItemWriter<T> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * items.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (T item : items) {
                writer.write(out, item);
            }
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    private static <T> List<T> decode(byte[] bytes, ItemReader<T> reader) {
        List<T> items = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                items.add(reader.read(in));
            }
        } catch (IOException cutOff) {
            throw new IllegalArgumentException("item " + items.size() + " is cut off", cutOff);
        }
        return items;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes does not fit");
        }
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(exactly(in, in.readUnsignedShort()), UTF_8);
    }

    private static void headers(DataOutputStream out, Map<String, String> headers) throws IOException {
        out.writeShort(headers.size());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            text(out, header.getKey());
            text(out, header.getValue());
        }
    }

    private static Map<String, String> headers(DataInputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            headers.put(text(in), text(in));
        }
        return headers;
    }

    private static void body(DataOutputStream out, byte[] body) throws IOException {
        out.writeInt(body.length);
        out.write(body);
    }

    private static byte[] body(DataInputStream in) throws IOException {
        return exactly(in, in.readInt());
    }

    /** Nothing is allocated for a length that the rest of the bytes cannot hold. */
    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new IOException(length + " bytes announced, " + in.available() + " left");
        }
        return in.readNBytes(length);
    }

    private interface ItemWriter<T> {
        void write(DataOutputStream out, T item) throws IOException;
    }

    private interface ItemReader<T> {
        T read(DataInputStream in) throws IOException;
    }
}
