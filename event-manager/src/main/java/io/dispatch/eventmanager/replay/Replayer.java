package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.EventLogScan;
import io.dispatch.eventlog.EventLogScan.Piece;
import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.eventmanager.filter.Candidate;
import io.dispatch.eventmanager.filter.Filters;
import io.dispatch.eventmanager.replay.ReplayTable.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Makes replays go on, a step at a time. What a step appends and how far the replay has come is one transaction, which nobody
 * else may have overtaken: so each event is appended once, whatever is killed and whoever else is at work.
 */
@Component
class Replayer {
    /** So many copies in a transaction: live events wait for its lock. */
    static final int MOST = 250;

    private static final int MAX_TRIES = 100;

    private final EventLogScan scan;
    private final EventLogWriter log;
    private final PublishedSubscriptions subscriptions;
    private final ReplayTable table;

    Replayer(EventLogScan scan, EventLogWriter log, PublishedSubscriptions subscriptions, ReplayTable table) {
        this.scan = scan;
        this.log = log;
        this.subscriptions = subscriptions;
        this.table = table;
    }

    /**
     * Makes a step.
     *
     * @param replay as it was read; it is under way
     * @param signal whether readers of the log are woken
     * @return how many events were appended
     * @throws OptimisticLockingFailureException if it is not at this place any more: nothing was appended
     */
    int step(StoredReplay replay, boolean signal) {
        Filters filters = replay.wanted().filters();
        int partition = replay.longestPartition();
        Piece piece = scan.read(
                replay.wanted().query(),
                partition,
                replay.cursor().get(partition),
                replay.span().before().get(partition),
                MOST);
        List<NewEntry> copies = piece.events().stream()
                .filter(entry -> filters.matches(new Candidate(entry.event())))
                .map(entry -> copy(entry, replay))
                .toList();
        List<Long> next = new ArrayList<>(replay.cursor());
        next.set(partition, piece.next());
        Step step = new Step(replay, next, copies.size(), piece.missing());
        if (copies.isEmpty()) {
            table.move(step);
        } else {
            append(copies, signal, step);
        }
        return copies.size();
    }

    /** A copy is matched against nothing, so that any version will do. */
    private void append(List<NewEntry> copies, boolean signal, Step step) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long version = subscriptions.version();
            if (log.append(copies, version, signal, connection -> table.move(connection, step)) instanceof Appended) {
                return;
            }
        }
        throw new ConcurrencyFailureException("subscriptions change faster than copies can be appended");
    }

    private static NewEntry copy(LogEntry entry, StoredReplay replay) {
        Map<String, Object> attributes = new LinkedHashMap<>(entry.event().attributes());
        attributes.put(Event.REPLAY, replay.id().toString());
        return new NewEntry(
                entry.organization(),
                new long[] {replay.subscription()},
                Event.of(attributes, entry.event().data()));
    }
}
