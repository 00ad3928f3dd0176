package io.dispatch.eventmanager.event;

import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event.
 *
 * @param matched how many subscriptions it matched
 * @param position where it stands in the log, or null if it matched none and is not kept
 * @param duplicate whether it had been kept before, and is not kept again
 */
record Acceptance(int matched, @Nullable Position position, boolean duplicate) {

    /** The platform's own id of the event, or null if it is not kept. */
    @Nullable
    UUID eventId() {
        return position == null ? null : EventId.of(position);
    }
}
