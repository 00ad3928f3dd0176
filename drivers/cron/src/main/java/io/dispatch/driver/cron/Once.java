package io.dispatch.driver.cron;

import java.time.Instant;
import java.util.Optional;

/** Due one time. */
record Once(Instant at) implements Schedule {

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(at).filter(after::isBefore);
    }

    @Override
    public Optional<Instant> last(Instant from, Instant until) {
        return next(from).filter(fire -> !fire.isAfter(until));
    }
}
