package io.dispatch.driver.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Due when one of its expressions matches the local time of its zone. A local time that a day does not have, because the clock
 * was put forward, is not due that day; a local time that a day has twice is due at the first, unless the schedule is due every
 * hour.
 *
 * @param expressions alternatives: day of month or day of week
 * @param everyHour whether each hour of the day matches
 * @param years null for every year
 */
record CronSchedule(
        List<CronExpression> expressions,
        boolean everyHour,
        @Nullable NavigableSet<Integer> years,
        ZoneId zone) implements Schedule {

    private static final int LOOK_BACK_FACTOR = 8;

    @Override
    public Optional<Instant> next(Instant after) {
        @Nullable ZonedDateTime fire = nextMatch(after.atZone(zone));
        while (fire != null && !(isAllowedYear(fire) && isFirstOfItsLocalTime(fire))) {
            fire = isAllowedYear(fire) ? nextMatch(fire) : firstOfNextYear(fire);
        }
        return Optional.ofNullable(fire).map(ZonedDateTime::toInstant);
    }

    /** There is no way to ask for the match before, so it looks forward from ever further back. */
    @Override
    public Optional<Instant> last(Instant from, Instant until) {
        for (Duration back = Duration.ofSeconds(1); ; back = back.multipliedBy(LOOK_BACK_FACTOR)) {
            Instant start = until.minus(back);
            boolean whole = !start.isAfter(from);
            Optional<Instant> found = lastOf(whole ? from : start, until);
            if (found.isPresent() || whole) {
                return found;
            }
        }
    }

    private Optional<Instant> lastOf(Instant from, Instant until) {
        Optional<Instant> last = Optional.empty();
        Optional<Instant> fire = next(from);
        while (fire.isPresent() && !fire.get().isAfter(until)) {
            last = fire;
            fire = next(fire.get());
        }
        return last;
    }

    private @Nullable ZonedDateTime nextMatch(ZonedDateTime after) {
        return expressions.stream()
                .map(expression -> expression.next(after))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable ZonedDateTime firstOfNextYear(ZonedDateTime fire) {
        Integer year = years == null ? null : years.higher(fire.getYear());
        return year == null
                ? null
                : nextMatch(ZonedDateTime.of(year, 1, 1, 0, 0, 0, 0, zone).minusNanos(1));
    }

    private boolean isAllowedYear(ZonedDateTime fire) {
        return years == null || years.contains(fire.getYear());
    }

    private boolean isFirstOfItsLocalTime(ZonedDateTime fire) {
        if (everyHour) {
            return true;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(fire.toLocalDateTime());
        return offsets.size() < 2 || fire.getOffset().equals(offsets.getFirst());
    }
}
