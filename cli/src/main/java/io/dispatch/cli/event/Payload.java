package io.dispatch.cli.event;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What an event carries, as an event of version 0.1 can: any JSON value.
 *
 * @param data text and base64 are JSON strings
 * @param contentType what the data is
 */
record Payload(JsonNode data, String contentType) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    /**
     * What stands on the command line: JSON, unless the content type says that it is something else.
     *
     * @param contentType or null
     */
    static Payload ofText(String text, @Nullable String contentType) {
        if (contentType != null && !isJson(contentType)) {
            return new Payload(StringNode.valueOf(text), contentType);
        }
        try {
            return new Payload(Json.parse(text), contentType == null ? JSON : contentType);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "--data is no JSON (column %d): correct it, or say with --content-type what it is."
                            .formatted(
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getColumnNr()),
                    e);
        }
    }

    /**
     * What is in a file: JSON as JSON, text as text, anything else as base64.
     *
     * @param name of the file
     * @param binary whether it is base64 whatever it is
     * @param contentType or null, and then it is found out
     */
    static Payload ofFile(String name, byte[] content, boolean binary, @Nullable String contentType) {
        String text = text(content);
        if (text != null && !binary) {
            JsonNode json = contentType == null || isJson(contentType) ? json(text) : null;
            return json != null
                    ? new Payload(json, contentType == null ? JSON : contentType)
                    : new Payload(StringNode.valueOf(text), contentType == null ? textType(name) : contentType);
        }
        String detected = contentType != null ? contentType : detected(name, content, text);
        return new Payload(StringNode.valueOf(Base64.getEncoder().encodeToString(content)), detected);
    }

    private static boolean isJson(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return type.equals(JSON) || type.endsWith("+json");
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Null where it is no UTF-8, or has characters that no text has. */
    private static @Nullable String text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String textType(String name) {
        String byName = URLConnection.guessContentTypeFromName(name);
        return byName != null && byName.startsWith("text/") ? byName + "; charset=utf-8" : TEXT;
    }

    private static String detected(String name, byte[] content, @Nullable String text) {
        if (text != null) {
            return json(text) != null ? JSON : textType(name);
        }
        try {
            String byContent = URLConnection.guessContentTypeFromStream(new ByteArrayInputStream(content));
            String byName = URLConnection.guessContentTypeFromName(name);
            return byContent != null ? byContent : byName != null ? byName : BYTES;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
