package io.dispatch.eventmanager.cesql;

/** Parts of texts, counted in code points (CESQL 1.0.0, section 3.5.1). */
final class Substrings {
    private Substrings() {}

    static Value left(String text, int length) {
        return length < 0 ? negative(length, text) : new Value.Text(text.substring(0, offset(text, length)));
    }

    static Value right(String text, int length) {
        return length < 0
                ? negative(length, text)
                : new Value.Text(text.substring(offset(text, Math.max(0, characters(text) - length))));
    }

    /** @param position the first character is 1, the last one -1; 0 gives nothing */
    static Value from(String text, int position, int length) {
        int characters = characters(text);
        if (position > characters || position < -characters) {
            return new Value.Failure(
                    Fault.FUNCTION_EVALUATION,
                    Value.Text.EMPTY,
                    "position %d is outside of a text of %d characters".formatted(position, characters));
        }
        if (length < 0) {
            return negative(length, "");
        }
        if (position == 0) {
            return Value.Text.EMPTY;
        }
        String rest = text.substring(offset(text, position > 0 ? position - 1 : characters + position));
        return new Value.Text(rest.substring(0, offset(rest, length)));
    }

    /** Without what Unicode calls White_Space at both ends, which is neither Java's idea of white space nor of a space. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isWhiteSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
    }

    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Where in the text its first so many characters end. */
    private static int offset(String text, int characters) {
        return characters >= characters(text) ? text.length() : text.offsetByCodePoints(0, characters);
    }

    private static Value negative(int length, String result) {
        return new Value.Failure(
                Fault.FUNCTION_EVALUATION, new Value.Text(result), "length %d is negative".formatted(length));
    }
}
