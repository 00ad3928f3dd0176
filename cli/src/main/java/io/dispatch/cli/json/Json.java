package io.dispatch.cli.json;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees (RFC 8259): read strictly, written as the original's command writes them. Number spelling survives. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("    ", "\n"))
            .withArrayIndenter(new DefaultIndenter("    ", "\n"));

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws JacksonException if the text is anything else
     */
    public static JsonNode parse(String text) {
        JsonNode node = MAPPER.readTree(text);
        if (node.isMissingNode()) {
            throw new IllegalJson("there is no text");
        }
        return node;
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** One line. */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** With four spaces for each level, and no end of line at the end. */
    public static String writePretty(JsonNode node) {
        return MAPPER.writer().with(PRETTY).writeValueAsString(node);
    }

    /** A field as text; empty where it is absent, null, or no plain value. */
    public static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    /** A field as a number, or null where it is absent or none. */
    public static @Nullable Long number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isNumber() ? value.asLong(0) : null;
    }

    /** A list of texts; empty where it is absent or null. */
    public static List<String> texts(JsonNode object, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : object.path(field).values()) {
            texts.add(element.asString(""));
        }
        return texts;
    }

    /** The spelling of a field in this object, whatever the case of its letters, or null if it has none. */
    public static @Nullable String spelling(JsonNode object, String field) {
        if (object.has(field)) {
            return field;
        }
        return object.propertyNames().stream()
                .filter(name -> name.equalsIgnoreCase(field))
                .findFirst()
                .orElse(null);
    }

    /**
     * The values of a stream, one behind the other or in one array, read one at a time.
     *
     * @throws JacksonException from its methods, if something else is met
     */
    public static Values values(InputStream in) {
        return new Values(MAPPER.createParser(in));
    }

    /** JSON values that are read when they are asked for. */
    public static final class Values implements AutoCloseable {

        /** Does not mind what stands behind a value. */
        private static final JsonMapper ONE_OF_MANY = MAPPER.rebuild()
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        private final JsonParser parser;
        private boolean isFirst = true;
        private boolean isArray;

        private Values(JsonParser parser) {
            this.parser = parser;
        }

        /** Whether there is another; waits for a stream that is still open. */
        public boolean hasNext() {
            JsonToken token = parser.nextToken();
            if (isFirst && token == JsonToken.START_ARRAY) {
                isArray = true;
                token = parser.nextToken();
            }
            isFirst = false;
            return token != null && !(isArray && token == JsonToken.END_ARRAY);
        }

        /** The one that is next, after {@link #hasNext}. */
        public JsonNode next() {
            return ONE_OF_MANY.readTree(parser);
        }

        /** How many bytes of the stream are behind the last value; not above 0 where the stream is no UTF-8. */
        public long position() {
            return parser.currentLocation().getByteOffset();
        }

        @Override
        public void close() {
            parser.close();
        }
    }

    /** A text that is no JSON, told in one sentence. */
    private static final class IllegalJson extends JacksonException {
        IllegalJson(String message) {
            super(message);
        }
    }
}
