package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.run.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the events of rows: in the log, or for those that were dead in the copy that their dead letter is. */
final class DueEvents {

    private final EventLogReader log;
    private final DeadLetters deadLetters;

    DueEvents(EventLogReader log, DeadLetters deadLetters) {
        this.log = log;
        this.deadLetters = deadLetters;
    }

    /**
     * The event of each row.
     *
     * @throws IllegalStateException if one is nowhere
     */
    Map<RunId, LogEntry> of(List<DueRow> rows) {
        List<Position> positions = rows.stream()
                .filter(row -> !row.redriven())
                .map(row -> row.id().position())
                .distinct()
                .toList();
        Map<Position, LogEntry> logged = log.read(positions, Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(LogEntry::position, Function.identity()));
        Map<RunId, LogEntry> events = new HashMap<>(deadLetters.events(
                rows.stream().filter(DueRow::redriven).map(DueRow::id).toList()));
        for (DueRow row : rows) {
            LogEntry entry =
                    row.redriven() ? events.get(row.id()) : logged.get(row.id().position());
            if (entry == null) {
                throw new IllegalStateException("there is no event for the delivery " + row.id());
            }
            events.put(row.id(), entry);
        }
        return events;
    }
}
