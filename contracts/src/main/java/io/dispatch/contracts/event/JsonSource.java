package io.dispatch.contracts.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON text in UTF-8 that is read token by token and from which values can be cut out with every byte as it was sent.
 * Errors of the parser ({@link tools.jackson.core.JacksonException}) say where the text is not JSON.
 */
final class JsonSource implements AutoCloseable {
    static final JsonFactory STRICT = JsonFactory.builder().build();

    private final byte[] bytes;
    private final JsonParser parser;

    JsonSource(JsonFactory factory, byte[] bytes) {
        this.bytes = bytes;
        this.parser = factory.createParser(ObjectReadContext.empty(), bytes);
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
        return new String(cut(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        parser.close();
    }
}
