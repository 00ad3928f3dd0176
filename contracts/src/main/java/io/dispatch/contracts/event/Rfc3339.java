package io.dispatch.contracts.event;

import java.time.YearMonth;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3339 date-times as text. They are kept as their sender spelled them: a {@code java.time} value would lose digits,
 * the offset {@code -00:00} and leap seconds. Scanned by hand, as every event passes here.
 */
final class Rfc3339 {
    /** A digit for each {@code d}. */
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

    private static final Pattern LAST_ZEROS = Pattern.compile("\\.?0+(?=(Z|[+-]\\d\\d:\\d\\d)$)");

    private Rfc3339() {}

    /** Whether a text is a date-time of RFC 3339 §5.6; with lower-case {@code t} and {@code z} or a leap second it is. */
    static boolean isValid(String text) {
        if (text.length() <= SHAPE.length() || !hasShape(text)) {
            return false;
        }
        int month = number(text, 5);
        return month >= 1
                && month <= 12
                && YearMonth.of(number(text, 0) * 100 + number(text, 2), month).isValidDay(number(text, 8))
                && number(text, 11) <= 23
                && number(text, 14) <= 59
                && number(text, 17) <= 60
                && isOffset(text, fractionEnd(text));
    }

    /**
     * The same instant with exactly three fraction digits (the rest is cut off) and its offset kept, as the original
     * server shows it; year 1 for null.
     *
     * @param text valid, or null
     */
    static String toMillis(@Nullable String text) {
        if (text == null) {
            return "0001-01-01T00:00:00.000Z";
        }
        int end = fractionEnd(text);
        String fraction = end == SHAPE.length() ? "" : text.substring(SHAPE.length() + 1, end);
        String offset = text.substring(end);
        return text.substring(0, 10)
                + "T"
                + text.substring(11, SHAPE.length())
                + "."
                + (fraction + "000").substring(0, 3)
                + (offset.equals("+00:00") || offset.equals("z") ? "Z" : offset);
    }

    /** The same as {@link #toMillis} without zeros at the end of the fraction, as Go's RFC3339Nano has it. */
    static String toShortestMillis(@Nullable String text) {
        return LAST_ZEROS.matcher(toMillis(text)).replaceFirst("");
    }

    private static boolean hasShape(String text) {
        for (int i = 0; i < SHAPE.length(); i++) {
            char wanted = SHAPE.charAt(i);
            char c = text.charAt(i);
            boolean fits = wanted == 'd' ? isDigit(c) : c == wanted || (wanted == 'T' && c == 't');
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Where the offset begins; a point without a digit after it is no fraction. */
    private static int fractionEnd(String text) {
        int start = SHAPE.length();
        if (text.charAt(start) != '.') {
            return start;
        }
        int end = start + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == start + 1 ? start : end;
    }

    private static boolean isOffset(String text, int from) {
        String offset = text.substring(from);
        if (offset.equals("Z") || offset.equals("z")) {
            return true;
        }
        return offset.length() == 6
                && (offset.charAt(0) == '+' || offset.charAt(0) == '-')
                && offset.charAt(3) == ':'
                && isDigit(offset.charAt(1))
                && isDigit(offset.charAt(2))
                && isDigit(offset.charAt(4))
                && isDigit(offset.charAt(5))
                && number(offset, 1) <= 23
                && number(offset, 4) <= 59;
    }

    /** The two digits at a place. */
    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
