package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.contracts.replay.ReplayPreview;
import io.dispatch.eventlog.EventLogScan;
import io.dispatch.eventlog.EventLogScan.Piece;
import io.dispatch.eventlog.EventLogScan.Span;
import io.dispatch.eventlog.EventLogSearch;
import io.dispatch.eventlog.EventPage.Found;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventmanager.filter.Candidate;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.log.LoggedEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says what a replay would deliver, and changes nothing. Safe for use by several threads. */
@Component
class DryRun {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAGE = 1_000;
    private static final int SAMPLE = 10;

    private final EventLogScan scan;
    private final LoggedEvents loggedEvents;
    private final Clock clock;

    DryRun(EventLogScan scan, LoggedEvents loggedEvents, Clock clock) {
        this.scan = scan;
        this.loggedEvents = loggedEvents;
        this.clock = clock;
    }

    /** Counts for five seconds, and says if that was not enough. */
    ReplayPreview of(Wanted wanted, Keep keep) {
        Instant end = clock.instant().plus(PATIENCE);
        Filters filters = wanted.filters();
        Span span = scan.span(wanted.query().since(), wanted.query().until());
        List<Long> cursor = new ArrayList<>(span.from());
        List<Found> sample = new ArrayList<>();
        long count = 0;
        while (!cursor.equals(span.before())) {
            if (clock.instant().isAfter(end)) {
                return new ReplayPreview(count, keep, true, loggedEvents.of(sample));
            }
            int partition = StoredReplay.longest(cursor, span.before());
            Piece piece = scan.read(
                    wanted.query(),
                    partition,
                    cursor.get(partition),
                    span.before().get(partition),
                    PAGE);
            for (LogEntry entry : piece.events()) {
                if (filters.matches(new Candidate(entry.event()))) {
                    count++;
                    if (sample.size() < SAMPLE) {
                        sample.add(shown(entry));
                    }
                }
            }
            cursor.set(partition, piece.next());
        }
        return new ReplayPreview(count, keep, null, loggedEvents.of(sample));
    }

    /** As a search shows it: without what makes it long. */
    private static Found shown(LogEntry entry) {
        Event event = entry.event();
        byte[] data = event.data();
        int size = data == null ? 0 : data.length;
        for (Object value : event.attributes().values()) {
            size += value.toString().length();
        }
        if (size <= EventLogSearch.LONGEST) {
            return new Found(entry, false);
        }
        Map<String, Object> attributes = new LinkedHashMap<>(event.attributes());
        attributes.keySet().retainAll(Set.of("type", "source", "id"));
        return new Found(
                new LogEntry(
                        entry.partition(),
                        entry.offset(),
                        entry.organization(),
                        entry.acceptedAt(),
                        entry.subscriptions(),
                        Event.of(attributes, null)),
                true);
    }
}
