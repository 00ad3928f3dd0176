package io.dispatch.contracts.event;

import java.util.Locale;
import java.util.regex.Pattern;

/** Media types as the value of {@code datacontenttype}. */
final class MediaTypes {
    static final String JSON = "application/json";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "(?:[ \\t]*;[ \\t]*" + TOKEN
            + "=(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*\"))*[ \\t]*;?[ \\t]*");

    private MediaTypes() {}

    /** Whether a text is a media type with parameters (RFC 2046, RFC 9110 §8.3.1). */
    static boolean isValid(String text) {
        return text.equals(JSON) || MEDIA_TYPE.matcher(text).matches();
    }

    /** Whether a content type announces JSON (RFC 8259, RFC 6839 §3.1). */
    static boolean isJson(String contentType) {
        if (contentType.equals(JSON)) {
            return true;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.equals(JSON) || type.equals("text/json") || type.endsWith("+json");
    }
}
