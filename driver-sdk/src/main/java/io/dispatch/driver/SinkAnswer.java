package io.dispatch.driver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to hand an event over. */
sealed interface SinkAnswer {

    /** The sink has it. */
    record Accepted() implements SinkAnswer {}

    /**
     * The sink or the way to it is at fault, not the event.
     *
     * @param notBefore how long the sink asked to wait, null if it did not say
     */
    record TryAgain(String reason, @Nullable Duration notBefore) implements SinkAnswer {}

    /** The sink will never take this event. */
    record Refused(int status, String reason) implements SinkAnswer {}
}
