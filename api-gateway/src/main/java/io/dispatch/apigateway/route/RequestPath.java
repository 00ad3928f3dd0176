package io.dispatch.apigateway.route;

import io.dispatch.http.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriUtils;

/**
 * A path that can be read in one way only. What two readers could take for different paths (RFC 3986 section 6.2: dot
 * segments, empty segments, encoded slashes and control characters, path parameters) is refused, never repaired.
 *
 * @param segments between the slashes, decoded; empty for {@code /}; without an empty last one for a trailing slash
 * @param canonical the path as it is matched and forwarded: encoded where it must be and nowhere else
 */
public record RequestPath(List<String> segments, String canonical) {

    /** A longer path names nothing that exists. */
    static final int MAX_LENGTH = 2048;

    /** Unreserved characters and those with no meaning inside a segment (RFC 3986 section 3.3), without {@code ;}. */
    private static final String PLAIN = "-._~!$&'()*+,=:@";

    /**
     * Reads a path.
     *
     * @param raw the path as it stands in the request line, without the query
     * @throws ApiException 400 if it could be read in more than one way
     */
    public static RequestPath parse(String raw) {
        if (!raw.startsWith("/")) {
            throw refused(raw, "must start with a slash");
        }
        if (raw.length() > MAX_LENGTH) {
            throw refused(raw.substring(0, 100) + "…", "must be at most %d characters long".formatted(MAX_LENGTH));
        }
        List<String> segments = new ArrayList<>(8);
        StringBuilder canonical = new StringBuilder(raw.length());
        for (int start = 1; start < raw.length(); ) {
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            String segment = decoded(raw.substring(start, end), raw);
            segments.add(segment);
            canonical.append('/').append(encoded(segment));
            start = end + 1;
        }
        return new RequestPath(List.copyOf(segments), canonical.isEmpty() ? "/" : canonical.toString());
    }

    private static String decoded(String segment, String raw) {
        String text = isPlain(segment) ? segment : percentDecoded(segment, raw);
        if (text.isEmpty()) {
            throw refused(raw, "must not contain empty segments");
        }
        if (text.equals(".") || text.equals("..")) {
            throw refused(raw, "must not contain the segments . and ..");
        }
        return text;
    }

    private static String percentDecoded(String segment, String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int at = 0; at < segment.length(); at++) {
            char c = segment.charAt(at);
            if (c == '%') {
                bytes.put(percentDecoded(segment, at, raw));
                at += 2;
            } else if (isPlain(c)) {
                bytes.put((byte) c);
            } else {
                throw refused(raw, "must not contain the character %s".formatted(named(c)));
            }
        }
        return text(bytes.flip(), raw);
    }

    private static byte percentDecoded(String segment, int at, String raw) {
        if (at + 2 >= segment.length()
                || !HexFormat.isHexDigit(segment.charAt(at + 1))
                || !HexFormat.isHexDigit(segment.charAt(at + 2))) {
            throw refused(raw, "must have two hexadecimal digits after each %");
        }
        return (byte) HexFormat.fromHexDigits(segment, at + 1, at + 3);
    }

    private static String text(ByteBuffer bytes, String raw) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw refused(raw, "must be encoded UTF-8");
        }
        // A second reader that decodes once more, or splits on these, would see another path.
        text.chars()
                .filter(c -> Character.isISOControl(c) || c == '/' || c == '\\' || c == ';' || c == '%')
                .findFirst()
                .ifPresent(c -> {
                    throw refused(raw, "must not contain the encoded character %s".formatted(named((char) c)));
                });
        return text;
    }

    private static String encoded(String segment) {
        return isPlain(segment) ? segment : UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String segment) {
        for (int at = 0; at < segment.length(); at++) {
            if (!isPlain(segment.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }

    private static String named(char c) {
        return Character.isISOControl(c) || c > '~' ? "U+%04X".formatted((int) c) : "'" + c + "'";
    }

    private static ApiException refused(String raw, String rule) {
        return ApiException.of(HttpStatus.BAD_REQUEST, "path %s %s".formatted(raw, rule));
    }
}
