package io.dispatch.eventmanager.log;

import io.dispatch.contracts.log.LoggedEvent;
import io.dispatch.eventlog.EventLogSearch;
import io.dispatch.eventlog.EventPage.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One client's way along the log. It reads on at its own pace and holds one page in memory, so that a client that is slow
 * costs nothing and holds nobody up; one that falls too far behind goes on from the end. For one thread.
 */
final class EventStream {
    /** Events of a partition, whosever they are, that a client may be behind. */
    static final long MOST_BEHIND = 10_000;

    private static final int PAGE = 100;

    private final EventLogSearch log;
    private final LoggedEvents loggedEvents;
    private final String organization;
    private final @Nullable String type;
    private final long[] next;

    /** @param from for each partition the first offset that is of interest */
    EventStream(
            EventLogSearch log,
            LoggedEvents loggedEvents,
            String organization,
            @Nullable String type,
            List<Long> from) {
        this.log = log;
        this.loggedEvents = loggedEvents;
        this.organization = organization;
        this.type = type;
        this.next = from.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * What is new.
     *
     * @param events in the order of their partitions
     * @param missed whether events were left out, as the client was too far behind
     * @param more whether there is more at once
     */
    record Piece(List<Item> events, boolean missed, boolean more) {}

    /** @param cursor where to go on after this event */
    record Item(LoggedEvent event, String cursor) {}

    /** @param heads for each partition the offset that the next event will get */
    Piece next(List<Long> heads) {
        boolean missed = false;
        boolean more = false;
        List<Item> items = new ArrayList<>();
        for (int partition = 0; partition < next.length; partition++) {
            long head = heads.get(partition);
            if (head - next[partition] > MOST_BEHIND) {
                next[partition] = head - PAGE;
                missed = true;
            }
            if (next[partition] >= head) {
                // What a client names beyond the end is the end.
                next[partition] = head;
                continue;
            }
            List<Found> found = log.follow(organization, type, partition, next[partition], head, PAGE);
            List<LoggedEvent> events = loggedEvents.of(found);
            for (int i = 0; i < found.size(); i++) {
                next[partition] = found.get(i).entry().offset() + 1;
                items.add(new Item(events.get(i), cursor()));
            }
            if (found.size() < PAGE) {
                next[partition] = head;
            } else {
                more = true;
            }
        }
        return new Piece(items, missed, more);
    }

    /** Where it is. */
    String cursor() {
        return PageCursor.of(LongStream.of(next).boxed().toList());
    }
}
