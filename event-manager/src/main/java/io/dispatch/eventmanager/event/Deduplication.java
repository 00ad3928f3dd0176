package io.dispatch.eventmanager.event;

import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventmanager.event.Matched.Fate;
import io.dispatch.eventmanager.event.Matched.Kept;
import io.dispatch.eventmanager.event.Matched.Repeated;
import io.dispatch.eventmanager.event.SeenEvents.SeenMeanwhile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Finds events that were kept before, for organizations that want none twice. An event is looked for before the append, which
 * costs a look; that it is new is made sure of by the append itself.
 */
@Component
class Deduplication {
    private final SeenEvents seen;

    Deduplication(SeenEvents seen) {
        this.seen = seen;
    }

    /**
     * A group without what it repeats.
     *
     * @param matched the group; its entries are those that were not seen before
     * @param added those of them that are to be known again
     */
    record Fresh(Matched matched, List<SeenEvents.New> added, SeenEvents seen) implements EventLogWriter.Also {

        /** @throws SeenMeanwhile if somebody else has kept one of them since */
        @Override
        public void run(Connection connection, List<Position> positions) throws SQLException {
            seen.add(connection, added, positions);
        }
    }

    /**
     * Leaves out what was kept before, and what comes twice in the group itself.
     *
     * @param windows of the organizations that want none twice; those of others cost nothing
     */
    Fresh fresh(Matched matched, Map<String, Duration> windows) {
        List<SeenEvents.Key> keys = windows.isEmpty()
                ? List.of()
                : matched.entries().stream()
                        .filter(entry -> windows.containsKey(entry.organization()))
                        .map(SeenEvents.Key::of)
                        .distinct()
                        .toList();
        return keys.isEmpty() ? new Fresh(matched, List.of(), seen) : without(matched, windows, seen.find(keys));
    }

    private Fresh without(Matched matched, Map<String, Duration> windows, Map<SeenEvents.Key, Acceptance> known) {
        List<Fate> fates = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        List<SeenEvents.New> added = new ArrayList<>();
        Map<SeenEvents.Key, Kept> kept = new HashMap<>();
        for (Fate fate : matched.fates()) {
            if (!(fate instanceof Kept one)) {
                fates.add(fate);
                continue;
            }
            NewEntry entry = matched.entries().get(one.place());
            Duration window = windows.get(entry.organization());
            SeenEvents.Key key = window == null ? null : SeenEvents.Key.of(entry);
            Acceptance before = key == null ? null : known.get(key);
            Kept first = key == null ? null : kept.get(key);
            if (before != null) {
                fates.add(new Repeated(before));
            } else if (first != null) {
                fates.add(new Kept(first.matched(), first.place(), true));
            } else {
                Kept here = new Kept(one.matched(), entries.size(), false);
                fates.add(here);
                entries.add(entry);
                if (key != null && window != null) {
                    kept.put(key, here);
                    added.add(new SeenEvents.New(key, here.place(), here.matched(), window));
                }
            }
        }
        return new Fresh(new Matched(fates, entries), added, seen);
    }
}
