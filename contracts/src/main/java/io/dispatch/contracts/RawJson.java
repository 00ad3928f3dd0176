package io.dispatch.contracts;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any JSON value, passed on with its numbers spelled as they came ({@code 2.50} stays {@code 2.50}).
 *
 * @param json the text of one JSON value; whoever makes one has checked that it is
 */
@Schema(name = "AnyValue", description = "Any JSON value.")
@JsonDeserialize(using = RawJson.Reader.class)
public record RawJson(@JsonValue @JsonRawValue String json) {

    private static final JsonMapper PLAIN = JsonMapper.shared();

    /** The JSON value {@code null}, which a sender tells from an absent field. */
    public static final RawJson NULL = new RawJson("null");

    /**
     * Bytes with a media type as one JSON value. What says it is JSON and is, or says nothing and is, stays as it is; other
     * text becomes a JSON string, and what is not UTF-8 a JSON string of base64.
     *
     * @param bytes null or empty for nothing
     * @param mediaType null means not said
     * @return null for nothing
     */
    public static @Nullable RawJson of(byte @Nullable [] bytes, @Nullable String mediaType) {
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return ofText(Base64.getEncoder().encodeToString(bytes));
        }
        boolean json = (mediaType == null || isJson(mediaType)) && isOneValue(text);
        return json ? new RawJson(text) : ofText(text);
    }

    /** A JSON string. */
    public static RawJson ofText(String text) {
        return new RawJson(PLAIN.writeValueAsString(text));
    }

    @Override
    public String toString() {
        return json;
    }

    /** Whether a media type says JSON (RFC 8259, RFC 6839 section 3.1). */
    private static boolean isJson(String mediaType) {
        int end = mediaType.indexOf(';');
        String type =
                (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }

    private static boolean isOneValue(String text) {
        try (JsonParser parser = PLAIN.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    static final class Reader extends ValueDeserializer<RawJson> {

        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context) {
            StringWriter text = new StringWriter();
            try (JsonGenerator copy = PLAIN.createGenerator(text)) {
                copy(parser, copy);
            }
            return new RawJson(text.toString());
        }

        @Override
        public RawJson getNullValue(DeserializationContext context) {
            return NULL;
        }

        /** Jackson would make the value null of it. */
        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        private static void copy(JsonParser parser, JsonGenerator copy) {
            JsonToken first = parser.currentToken();
            int depth = 0;
            for (JsonToken token = first; ; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    copy.writeNumber(parser.getString());
                } else {
                    copy.copyCurrentEvent(parser);
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    return;
                }
            }
        }
    }
}
