package io.dispatch.driver.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Due again a fixed time after it was last due, on whole seconds. As with robfig/cron 1.x a shorter time than a second is one
 * second, and parts of a second are cut off.
 *
 * @param every at least one second, whole seconds
 * @param start the first fire, null for one interval after the driver's first start
 */
record Interval(Duration every, @Nullable Instant start) implements Schedule {

    Interval(Duration every, @Nullable Instant start) {
        this.every = Duration.ofSeconds(Math.max(1, every.toSeconds()));
        this.start = start;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        if (start != null && after.isBefore(start)) {
            return Optional.of(start);
        }
        return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(every));
    }

    @Override
    public Optional<Instant> last(Instant from, Instant until) {
        Instant first = next(from).orElseThrow();
        if (first.isAfter(until)) {
            return Optional.empty();
        }
        return Optional.of(
                first.plus(every.multipliedBy(Duration.between(first, until).dividedBy(every))));
    }
}
