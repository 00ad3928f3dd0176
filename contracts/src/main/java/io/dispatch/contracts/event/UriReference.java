package io.dispatch.contracts.event;

import java.nio.charset.StandardCharsets;

/** URI references by the letter of RFC 3986; {@link java.net.URI} follows the older RFC 2396 and lets other text pass. */
final class UriReference {
    private static final String UNRESERVED = "-._~";
    private static final String ALLOWED = UNRESERVED + "!$&'()*+,;=:@/?#[]";
    private static final String HEX = "0123456789ABCDEF";

    private UriReference() {}

    /** Whether a text is a non-empty URI or relative reference (RFC 3986 §4.1). */
    static boolean isValid(String text) {
        int fragment = text.indexOf('#');
        String before = fragment < 0 ? text : text.substring(0, fragment);
        int authority = authorityEnd(before);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bracket = c == '[' || c == ']';
            if (c == '%') {
                if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    return false;
                }
            } else if ((!isAlphanumeric(c) && ALLOWED.indexOf(c) < 0)
                    || (bracket && i >= authority)
                    || (c == '#' && i > fragment)) {
                return false;
            }
        }
        return !text.isEmpty() && firstSegmentIsSound(before);
    }

    /** Whether a text is a URI with a scheme (RFC 3986 §4.3, a fragment allowed). */
    static boolean isAbsolute(String text) {
        int colon = text.indexOf(':');
        return colon > 0 && isScheme(text.substring(0, colon)) && isValid(text);
    }

    /**
     * Free text as a relative reference: everything but letters, digits, {@code -._~} and {@code /} is percent-encoded as
     * UTF-8. Two texts never give the same reference.
     */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0 || c == '/') {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /** A colon before the first slash or question mark ends a scheme, so what stands before it must be one. */
    private static boolean firstSegmentIsSound(String text) {
        int colon = text.indexOf(':');
        int end = text.length();
        for (char delimiter : new char[] {'/', '?'}) {
            int at = text.indexOf(delimiter);
            end = at < 0 ? end : Math.min(end, at);
        }
        return colon < 0 || colon > end || isScheme(text.substring(0, colon));
    }

    /** Brackets belong to IP literals in the authority only; 0 when there is no authority. */
    private static int authorityEnd(String text) {
        int start = text.indexOf("//");
        if (start < 0 || (start > 0 && !(text.charAt(start - 1) == ':' && isScheme(text.substring(0, start - 1))))) {
            return 0;
        }
        int slash = text.indexOf('/', start + 2);
        return slash < 0 ? text.length() : slash;
    }

    private static boolean isScheme(String text) {
        if (text.isEmpty() || !isAlphanumeric(text.charAt(0)) || Character.isDigit(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isAlphanumeric((char) c) || c == '+' || c == '-' || c == '.');
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
