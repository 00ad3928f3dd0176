package io.dispatch.contracts.event;

import org.jspecify.annotations.Nullable;

/** The rules of CloudEvents 1.0 for names and values of attributes (spec 1.0.2, "Naming", "Type System", "Attributes"). */
final class AttributeRules {
    private AttributeRules() {}

    /** Whether a name may stand for an attribute: lower-case ASCII letters and digits, at least one. */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether a text has no half of a surrogate pair, which no UTF-8 can carry. */
    static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    }

    /** Whether a text is a String of the type system: no control character, no non-character, no lone surrogate. */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
                return false;
            }
            if (c >= 0xd800) {
                int point = text.codePointAt(i);
                if ((point >= 0xd800 && point <= 0xdfff)
                        || (point >= 0xfdd0 && point <= 0xfdef)
                        || (point & 0xfffe) == 0xfffe) {
                    return false;
                }
                i += Character.charCount(point) - 1;
            }
        }
        return true;
    }

    /**
     * The rule that a text breaks as the value of an attribute, for the end of a sentence that begins with the attribute's
     * name, or null if it may stand there.
     */
    static @Nullable String brokenRule(String name, String text) {
        if (!isText(text)) {
            return "must not hold control characters, non-characters or half surrogate pairs";
        }
        return switch (name) {
            case "id", "type", "subject" -> text.isEmpty() ? "must not be empty" : null;
            case "source" -> UriReference.isValid(text) ? null : "must be a non-empty URI reference (RFC 3986)";
            case "dataschema" -> UriReference.isAbsolute(text) ? null : "must be an absolute URI (RFC 3986)";
            case "time" -> Rfc3339.isValid(text) ? null : "must be a date-time of RFC 3339";
            case "datacontenttype" -> MediaTypes.isValid(text) ? null : "must be a media type (RFC 2046)";
            default -> null;
        };
    }
}
