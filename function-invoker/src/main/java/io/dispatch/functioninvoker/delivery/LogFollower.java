package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import java.util.List;

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
        List<Window> ours = windows.all();
        if (ours.isEmpty()) {
            return 0;
        }
        List<Long> ends = log.nextOffsets();
        int read = 0;
        for (Window window : ours) {
            int room =
                    window.room(settings.windowEvents(), settings.windowSize().toBytes());
            long from = window.nextRead();
            if (room > 0 && window.partition() < ends.size() && from < ends.get(window.partition())) {
                read += read(window, from, Math.min(room, PAGE_EVENTS));
            }
        }
        return read;
    }

    private int read(Window window, long from, int most) {
        List<LogEntry> page = log.read(window.partition(), from, most, PAGE_BYTES);
        for (LogEntry entry : page) {
            for (long subscription : entry.subscriptions()) {
                subscriptions.know(subscription); // its terms hold from the first call on
            }
        }
        for (LogEntry entry : page) {
            window.add(entry, System.nanoTime()).forEach(lanes::offer);
        }
        return page.size();
    }
}
