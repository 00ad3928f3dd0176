package io.dispatch.driver.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * A schedule that is due only in a span of time, and not on some days.
 *
 * @param start the first instant allowed
 * @param end the last instant allowed
 * @param excluded days, in the zone, on which nothing is due
 */
record BoundedSchedule(Schedule schedule, Instant start, Instant end, Set<LocalDate> excluded, ZoneId zone)
        implements Schedule {

    @Override
    public Optional<Instant> next(Instant after) {
        Instant from = after.isBefore(start) ? start.minusNanos(1) : after;
        Optional<Instant> fire = schedule.next(from).filter(this::notAfterEnd);
        while (fire.isPresent() && isExcluded(fire.get())) {
            fire = schedule.next(fire.get()).filter(this::notAfterEnd);
        }
        return fire;
    }

    @Override
    public Optional<Instant> last(Instant from, Instant until) {
        Instant latest = until.isAfter(end) ? end : until;
        Optional<Instant> fire = schedule.last(from, latest);
        while (fire.isPresent() && isExcluded(fire.get())) {
            fire = schedule.last(from, fire.get().minusNanos(1));
        }
        return fire.filter(found -> !found.isBefore(start));
    }

    private boolean notAfterEnd(Instant fire) {
        return !fire.isAfter(end);
    }

    private boolean isExcluded(Instant fire) {
        return !excluded.isEmpty() && excluded.contains(fire.atZone(zone).toLocalDate());
    }
}
