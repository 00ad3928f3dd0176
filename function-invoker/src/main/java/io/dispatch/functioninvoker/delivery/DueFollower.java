package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.LogEntry;
import io.dispatch.functioninvoker.delivery.LaneRows.Aging;
import io.dispatch.functioninvoker.delivery.LaneRows.Look;
import io.dispatch.functioninvoker.run.RunId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings rows that are due back to their lanes, for free slots only. One thread turns it. */
final class DueFollower {

    private static final int AGING_BATCH = 1_000;
    private static final int STEP = 32;

    private final Deliveries deliveries;
    private final DueEvents events;
    private final Windows windows;
    private final Lanes lanes;
    private final Clock clock;

    DueFollower(Deliveries deliveries, DueEvents events, Windows windows, Lanes lanes, Clock clock) {
        this.deliveries = deliveries;
        this.events = events;
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
            Aging aging = lane.aging(now);
            if (aging != null) {
                taken |= giveUp(lane, aging);
            }
            Look look = lane.look(now);
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

    private boolean take(Lane lane, Look look, Instant now) {
        List<Delivery> found = new ArrayList<>();
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
            int taken = take(due, found);
            next = rows.size() > taken ? rows.get(taken).dueAt() : null;
            drained = next == null || next.isAfter(now);
        } finally {
            lane.take(look, found, next, drained);
        }
        return !found.isEmpty();
    }

    /** Reads the events of rows, step by step until they are too large; returns how many rows that were. */
    private int take(List<DueRow> due, List<Delivery> found) {
        int taken = 0;
        long bytes = 0;
        while (taken < due.size() && bytes < LaneRows.MOST_BYTES) {
            int end = Math.min(due.size(), taken + STEP);
            List<Delivery> some = deliveries(due.subList(taken, end));
            bytes += some.stream().mapToLong(one -> Window.size(one.entry())).sum();
            found.addAll(some);
            taken = end;
        }
        return taken;
    }

    private boolean giveUp(Lane lane, Aging aging) {
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
        Map<RunId, LogEntry> found = events.of(rows);
        List<Delivery> taken = new ArrayList<>(rows.size());
        for (DueRow row : rows) {
            @Nullable Window window = windows.find(row.id().position().partition());
            LogEntry entry = found.get(row.id());
            if (window != null && entry != null) {
                taken.add(Delivery.fromRow(window, entry, row));
            }
        }
        return taken;
    }
}
