package io.dispatch.driver.cron;

import java.time.Instant;
import java.util.Optional;

/** The instants at which something is due. Immutable. */
interface Schedule {

    /** The first fire after this instant, never the instant itself; nothing when there are no more. */
    Optional<Instant> next(Instant after);

    /**
     * The newest fire after {@code from} and not after {@code until}, or nothing.
     *
     * @param from itself a fire of this schedule, or the instant it was started
     */
    Optional<Instant> last(Instant from, Instant until);
}
