package io.dispatch.eventmanager.log;

import io.dispatch.http.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A point in time in a query: seconds since 1970, as elsewhere in this API, or a date-time of RFC 3339. */
public final class QueryTime {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private QueryTime() {}

    /**
     * Reads one.
     *
     * @param name of the parameter or field
     * @param in where it stands: {@code query} or {@code body}
     * @param text null or empty for none
     * @return within the years 1970 to 9999: what is beyond counts as the nearest of these
     * @throws ApiException 400 if it is neither
     */
    public static @Nullable Instant parse(String name, String in, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            boolean seconds = text.matches("-?\\d{1,18}");
            Instant time = seconds
                    ? Instant.ofEpochSecond(
                            Math.clamp(Long.parseLong(text), FIRST.getEpochSecond(), LAST.getEpochSecond()))
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        } catch (DateTimeException e) {
            throw ApiException.badRequest(
                    "%s in %s must be seconds since 1970 or a date-time such as 2026-11-24T09:15:00Z, but was \"%s\""
                            .formatted(name, in, text));
        }
    }
}
