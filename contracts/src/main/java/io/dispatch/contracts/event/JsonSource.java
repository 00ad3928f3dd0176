package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON text in UTF-8 that is read token by token and from which values can be cut out with every byte as it was sent.
 * Errors of the parser ({@link JacksonException}) say where the text is not JSON.
 */
final class JsonSource implements AutoCloseable {
    static final JsonFactory STRICT = JsonFactory.builder().build();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] bytes;
    private final JsonParser parser;

    private JsonSource(JsonFactory factory, byte[] bytes) {
        this.bytes = bytes;
        this.parser = factory.createParser(ObjectReadContext.empty(), bytes);
    }

    /** Reads a text that is known to be sound UTF-8. */
    static JsonSource of(String json) {
        return new JsonSource(STRICT, json.getBytes(UTF_8));
    }

    /**
     * Reads what somebody sent.
     *
     * @throws InvalidEventException if the bytes are empty or no UTF-8
     */
    static JsonSource of(JsonFactory factory, byte[] body) {
        byte[] bytes = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length
                ? Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length)
                : body;
        if (bytes.length == 0) {
            throw InvalidEventException.of("body is empty: an event in JSON is expected");
        }
        // JSON text never holds a NUL; where one stands among the first bytes the parser would take it for UTF-16 or
        // UTF-32
        if (bytes[0] == 0 || (bytes.length > 1 && bytes[1] == 0) || !isUtf8(bytes)) {
            throw InvalidEventException.of("body must be UTF-8");
        }
        return new JsonSource(factory, bytes);
    }

    /** Whether bytes are one JSON value by the letter of RFC 8259. */
    static boolean isJson(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] == 0 || !isUtf8(bytes)) {
            return false;
        }
        try (JsonSource source = new JsonSource(STRICT, bytes)) {
            source.parser.nextToken();
            source.cut();
            return source.parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    static boolean isUtf8(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return isUtf8Beyond(bytes);
            }
        }
        return true;
    }

    private static boolean isUtf8Beyond(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    /** In words for whoever sent the text. */
    static InvalidEventException explained(JacksonException notJson) {
        String reason =
                notJson.getOriginalMessage().lines().findFirst().orElse("").replaceAll(",? from `[^`]*`", "");
        TokenStreamLocation where = notJson.getLocation();
        return InvalidEventException.of("body is not JSON: " + reason
                + (where == null ? "" : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr())));
    }

    JsonParser parser() {
        return parser;
    }

    /** The bytes of the value whose first token is the current one; afterwards its last token is. */
    byte[] cut() {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
        return Arrays.copyOfRange(bytes, start, (int) parser.currentLocation().getByteOffset());
    }

    String cutText() {
        return new String(cut(), UTF_8);
    }

    /** @throws InvalidEventException if anything but white space follows the value that has been read */
    void expectEnd() {
        if (parser.nextToken() != null) {
            throw InvalidEventException.of("body is not JSON: text after the end of the value (line %d, column %d)"
                    .formatted(
                            parser.currentTokenLocation().getLineNr(),
                            parser.currentTokenLocation().getColumnNr()));
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
