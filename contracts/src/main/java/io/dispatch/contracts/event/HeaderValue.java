package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Attribute values as HTTP header values (HTTP protocol binding 1.0.2 §3.1.3.2). */
final class HeaderValue {
    private static final String HEX = "0123456789ABCDEF";

    private HeaderValue() {}

    /**
     * The value of an attribute that came as a header: unquoted, then percent-decoded once. A percent sign without two
     * hexadecimal digits stays what it is, as senders that do not encode exist; and so does a URI that only makes sense
     * undecoded.
     *
     * @param header the header's value with one character for each byte (ISO 8859-1), as HTTP servers hand it out
     * @throws InvalidEventException if the bytes are no UTF-8
     */
    static String decode(Attributes attributes, String name, String header) {
        String unquoted = unquoted(header);
        if (isPlain(unquoted)) {
            return unquoted;
        }
        byte[] bytes = percentDecoded(unquoted.getBytes(ISO_8859_1));
        if (!JsonSource.isUtf8(bytes)) {
            throw attributes.broken(name, "must be percent-encoded UTF-8", header);
        }
        String decoded = new String(bytes, UTF_8);
        boolean undecodedOnly =
                AttributeRules.brokenRule(name, decoded) != null && AttributeRules.brokenRule(name, unquoted) == null;
        return undecodedOnly && (name.equals("source") || name.equals("dataschema")) ? unquoted : decoded;
    }

    /** The value as a header: space, double quote, percent and all but printable ASCII encoded. */
    static String encode(String value) {
        StringBuilder header = new StringBuilder(value.length() + 8);
        for (byte b : value.getBytes(UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                header.append((char) b);
            } else {
                header.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return header.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' || text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String unquoted(String header) {
        if (header.length() < 2 || !header.startsWith("\"") || !header.endsWith("\"")) {
            return header;
        }
        StringBuilder text = new StringBuilder(header.length());
        for (int i = 1; i < header.length() - 1; i++) {
            char c = header.charAt(i);
            text.append(c == '\\' && i < header.length() - 2 ? header.charAt(++i) : c);
        }
        return text.toString();
    }

    private static byte[] percentDecoded(byte[] bytes) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write((high << 4) | low);
                i += 2;
            }
        }
        return decoded.toByteArray();
    }
}
