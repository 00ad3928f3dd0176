package io.dispatch.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Times of the wire (whole Unix seconds) as the tables show them: {@code Mon Jan _2 15:04:05 MST 2006} in Go's notation, in
 * the zone of whoever looks. Spelled out by hand, as loading Java's locale data would double the time of a command.
 */
public final class WireTime {

    /** How many characters {@link #show} gives in most zones. */
    public static final int WIDTH = 28;

    /** What the wire says for "not yet": midnight of the first day of year 1. */
    private static final long NOT_YET = -62_135_596_800L;

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private WireTime() {}

    /** Empty where there is no time yet. */
    public static String show(@Nullable Long seconds, ZoneId zone) {
        if (seconds == null || seconds == NOT_YET) {
            return "";
        }
        ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone);
        return "%s %s %2d %02d:%02d:%02d %s %d"
                .formatted(
                        DAYS.get(time.getDayOfWeek().getValue() - 1),
                        MONTHS.get(time.getMonthValue() - 1),
                        time.getDayOfMonth(),
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond(),
                        abbreviation(time),
                        time.getYear());
    }

    private static String abbreviation(ZonedDateTime time) {
        String id = time.getZone().getId();
        if (id.equals("Z") || id.equals("UTC") || id.equals("Etc/UTC")) {
            return "UTC";
        }
        boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
        return TimeZone.getTimeZone(time.getZone()).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    }
}
