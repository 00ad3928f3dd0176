package io.dispatch.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client of PostgreSQL sends, batch by batch: one up to the next message that the server answers at once, and the statements
 * that it runs. See "Message Formats" in PostgreSQL's documentation. For one thread.
 */
final class ClientMessages {

    private static final int PARSE = 'P';
    private static final int BIND = 'B';
    private static final int QUERY = 'Q';

    /** Messages of the extended protocol that the server answers when another follows. */
    private static final String COLLECTED = "PBDEC";

    private final DataInputStream in;
    private final Map<String, String> prepared = new HashMap<>();
    private boolean started;

    ClientMessages(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * What is to be sent on together.
     *
     * @param bytes as they came
     * @param statements the texts of all statements that are run, in their order
     */
    record Batch(ByteBuffer bytes, List<String> statements) {}

    /** The next batch; null at the end. Waits for it. */
    @Nullable
    Batch next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        List<String> statements = new ArrayList<>();
        try {
            if (!started) {
                byte[] first = body();
                started = ByteBuffer.wrap(first).getInt() >>> 16 == 3; // else it asks for encryption
                add(bytes, first);
            } else {
                int type;
                do {
                    type = in.readUnsignedByte();
                    byte[] body = body();
                    bytes.write(type);
                    add(bytes, body);
                    remember(type, body, statements);
                } while (COLLECTED.indexOf(type) >= 0);
            }
        } catch (EOFException end) {
            return null;
        }
        return new Batch(ByteBuffer.wrap(bytes.toByteArray()), statements);
    }

    private byte[] body() throws IOException {
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return body;
    }

    private static void add(ByteArrayOutputStream bytes, byte[] body) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(body.length + Integer.BYTES)
                .array());
        bytes.writeBytes(body);
    }

    /** These messages begin with a text, or two, each of which ends with a zero. */
    private void remember(int type, byte[] body, List<String> statements) {
        String texts = new String(body, StandardCharsets.ISO_8859_1);
        int end = texts.indexOf('\0');
        switch (type) {
            case PARSE -> prepared.put(texts.substring(0, end), second(texts, end));
            case BIND -> statements.add(prepared.getOrDefault(second(texts, end), ""));
            case QUERY -> statements.add(texts.substring(0, end));
            default -> {}
        }
    }

    private static String second(String texts, int endOfFirst) {
        return texts.substring(endOfFirst + 1, texts.indexOf('\0', endOfFirst + 1));
    }
}
