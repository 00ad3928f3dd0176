package io.dispatch.contracts.event;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3339 date-times as text. They are kept as their sender spelled them: a {@code java.time} value would lose digits,
 * the offset {@code -00:00} and leap seconds.
 */
final class Rfc3339 {
    private static final Pattern DATE_TIME = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[Tt]"
            + "([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?([Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)");

    private Rfc3339() {}

    /** Whether a text is a date-time of RFC 3339 §5.6; lower-case {@code t} and {@code z} and leap seconds are. */
    static boolean isValid(String text) {
        Matcher matcher = DATE_TIME.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        try {
            return YearMonth.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                    .isValidDay(Integer.parseInt(matcher.group(3)));
        } catch (DateTimeException noSuchMonth) {
            return false;
        }
    }

    /**
     * The same instant with exactly three fraction digits (the rest is cut off) and its offset kept, as the original
     * server shows it; year 1 for null.
     */
    static String toMillis(@Nullable String text) {
        if (text == null) {
            return "0001-01-01T00:00:00.000Z";
        }
        Matcher matcher = DATE_TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an RFC 3339 date-time");
        }
        String fraction = matcher.group(6) == null ? "" : matcher.group(6).substring(1);
        String offset = matcher.group(7);
        return text.substring(0, 10)
                + "T"
                + text.substring(11, 19)
                + "."
                + (fraction + "000").substring(0, 3)
                + (offset.equals("+00:00") || offset.equals("z") ? "Z" : offset);
    }
}
