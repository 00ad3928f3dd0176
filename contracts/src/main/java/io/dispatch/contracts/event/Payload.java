package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The data of one event in the JSON event format while it is read: what its bytes are depends on its media type. */
final class Payload {
    private byte @Nullable [] json;
    private @Nullable String text;
    private @Nullable String base64;

    /** Takes the member {@code data}, whose first token is the current one. */
    void read(Attributes attributes, JsonSource source) {
        onlyOnce(attributes);
        if (source.parser().currentToken() == JsonToken.VALUE_STRING) {
            text = source.parser().getString();
        }
        json = source.cut();
    }

    /** Takes the member {@code data_base64}, whose first token is the current one. */
    void readBase64(Attributes attributes, JsonParser parser) {
        onlyOnce(attributes);
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw attributes.broken("data_base64", "must be a string", null);
        }
        base64 = parser.getString();
    }

    /** The bytes, once all attributes are known; data without a media type is JSON and from now on says so. */
    byte @Nullable [] bytes(Attributes attributes) {
        if (base64 != null) {
            if (attributes.isVersion03()) {
                throw attributes.broken("data_base64", "does not exist in version 0.3", null);
            }
            return decoded(attributes, "data_base64", base64);
        }
        if (json == null) {
            return null;
        }
        if (Version03.isBase64(attributes)) {
            if (text == null) {
                throw attributes.broken("data", "must be a string, as datacontentencoding is base64", null);
            }
            return decoded(attributes, "data", text);
        }
        String contentType = attributes.text("datacontenttype");
        if (contentType == null) {
            attributes.implyContentType("application/json");
            return json;
        }
        return text == null || MediaTypes.isJson(contentType) ? json : text.getBytes(UTF_8);
    }

    /** Decodes base64 by the letter of RFC 4648 §4. */
    static byte[] decoded(Attributes attributes, String name, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw attributes.broken(name, "must be base64 (RFC 4648 §4)", base64);
        }
    }

    private void onlyOnce(Attributes attributes) {
        if (json != null || base64 != null) {
            throw attributes.broken("data", "must be there only once, as data or as data_base64", null);
        }
    }
}
