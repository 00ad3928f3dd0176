package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings rows that are due back to their lanes, for free slots only. One thread turns it. */
final class DueFollower {

    private static final int AGING_BATCH = 1_000;

    private final Deliveries deliveries;
    private final EventLogReader log;
    private final Windows windows;
    private final Lanes lanes;
    private final Clock clock;

    DueFollower(Deliveries deliveries, EventLogReader log, Windows windows, Lanes lanes, Clock clock) {
        this.deliveries = deliveries;
        this.log = log;
        this.windows = windows;
        this.lanes = lanes;
        this.clock = clock;
    }

    /**
     * Wakes the lanes whose gate time or a change of the subscription has opened, and looks once at each that may have rows due
     * and has a slot free.
     *
     * @return whether any row was taken
     */
    boolean turn() {
        boolean taken = false;
        Instant now = clock.instant();
        for (Lane lane : lanes.all()) {
            lane.goOn();
            Lane.Aging aging = lane.aging(now);
            if (aging != null) {
                taken |= giveUp(lane, aging);
            }
            Lane.Look look = lane.look(now);
            if (look != null) {
                taken |= take(lane, look, now);
            }
        }
        return taken;
    }

    /** When something is to be done next, as far as is known. */
    Optional<Instant> next() {
        return lanes.all().stream()
                .flatMap(lane -> Optional.ofNullable(lane.next()).stream())
                .min(Instant::compareTo);
    }

    private boolean take(Lane lane, Lane.Look look, Instant now) {
        List<Delivery> found = List.of();
        Instant next = now; // should the look fail, it is repeated
        boolean drained = false;
        try {
            int most = look.free() + look.claimed().size() + 1;
            List<DueRow> rows = deliveries.inOrder(lane.subscription(), windows.partitions(), most).stream()
                    .filter(row -> !look.claimed().contains(row.id().position()))
                    .toList();
            List<DueRow> due = rows.stream()
                    .filter(row -> look.over() || !row.dueAt().isAfter(now))
                    .limit(look.free())
                    .toList();
            found = deliveries(due);
            next = rows.size() > due.size() ? rows.get(due.size()).dueAt() : null;
            drained = next == null || next.isAfter(now);
        } finally {
            lane.take(look, found, next, drained);
        }
        return !found.isEmpty();
    }

    private boolean giveUp(Lane lane, Lane.Aging aging) {
        List<DueRow> old = deliveries
                .tooOld(
                        lane.subscription(),
                        windows.partitions(),
                        aging.before(),
                        aging.since(),
                        AGING_BATCH + aging.claimed().size())
                .stream()
                .filter(row -> !aging.claimed().contains(row.id().position()))
                .toList();
        lane.giveUp(deliveries(old));
        return !old.isEmpty();
    }

    private List<Delivery> deliveries(List<DueRow> rows) {
        List<Position> positions = rows.stream().map(row -> row.id().position()).toList();
        Map<Position, LogEntry> entries = log.read(positions, Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(LogEntry::position, Function.identity()));
        List<Delivery> found = new ArrayList<>(rows.size());
        for (DueRow row : rows) {
            @Nullable Window window = windows.find(row.id().position().partition());
            LogEntry entry = entries.get(row.id().position());
            if (entry == null) {
                throw new IllegalStateException("the log has no event for the delivery " + row.id());
            }
            if (window != null) {
                found.add(
                        Delivery.fromRow(window, entry, row.id().subscription(), row.attempts(), row.firstAttemptAt()));
            }
        }
        return found;
    }
}
