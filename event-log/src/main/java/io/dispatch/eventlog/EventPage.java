package io.dispatch.eventlog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of what a search found.
 *
 * @param events the newest first; there may be none although an older page has some
 * @param next for each partition, in order of its number, the offset below which the next page begins; null after the last
 * @param searchedSince how far back this page has looked; null if to the beginning of what is asked for
 */
public record EventPage(
        List<Found> events,
        @Nullable List<Long> next,
        @Nullable Instant searchedSince) {

    public EventPage {
        events = List.copyOf(events);
        next = next == null ? null : List.copyOf(next);
    }

    /**
     * An event of a page.
     *
     * @param shortened whether it was too long for a page, and has no more than type, source and id
     */
    public record Found(LogEntry entry, boolean shortened) {}
}
