package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.EventLogReader.Wanted;
import io.dispatch.eventlog.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads on in the log, partition by partition, and gives what it finds to the lanes. One thread turns it. */
final class LogFollower {

    private static final int PAGE_EVENTS = 500;
    private static final int PAGE_BYTES = 4 << 20;

    private final EventLogReader log;
    private final Subscriptions subscriptions;
    private final Windows windows;
    private final Lanes lanes;
    private final DeliverySettings settings;

    LogFollower(
            EventLogReader log, Subscriptions subscriptions, Windows windows, Lanes lanes, DeliverySettings settings) {
        this.log = log;
        this.subscriptions = subscriptions;
        this.windows = windows;
        this.lanes = lanes;
        this.settings = settings;
    }

    /**
     * Reads a page of each partition that has news and room.
     *
     * @return how many events were read
     */
    int turn() {
        Map<Integer, Window> readable = new HashMap<>();
        List<Wanted> wanted = new ArrayList<>();
        for (Window window : windows.all()) {
            int room =
                    window.room(settings.windowEvents(), settings.windowSize().toBytes());
            if (room > 0) {
                readable.put(window.partition(), window);
                wanted.add(new Wanted(window.partition(), window.nextRead(), Math.min(room, PAGE_EVENTS)));
            }
        }
        if (wanted.isEmpty()) {
            return 0;
        }
        List<LogEntry> page = log.readOn(wanted, PAGE_BYTES);
        for (LogEntry entry : page) {
            for (long subscription : entry.subscriptions()) {
                subscriptions.know(subscription); // its terms hold from the first call on
            }
        }
        long now = System.nanoTime();
        for (LogEntry entry : page) {
            Objects.requireNonNull(readable.get(entry.partition()))
                    .add(entry, now)
                    .forEach(lanes::offer);
        }
        return page.size();
    }
}
