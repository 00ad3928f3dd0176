package io.dispatch.eventmanager.log;

import io.dispatch.contracts.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What was seen of one type since it was last written down. Safe for use by several threads. */
final class SeenType {
    private static final int MOST_SOURCES = 10;
    private static final int LONGEST_SAMPLE = 4_096;

    private final LongAdder count = new LongAdder();
    private final Set<String> sources = ConcurrentHashMap.newKeySet();
    private volatile long lastSeen;
    private volatile @Nullable Event sample;

    /** @param now in milliseconds since 1970 */
    void add(Event event, long now) {
        count.increment();
        if (lastSeen != now) {
            lastSeen = now;
        }
        if (sources.size() < MOST_SOURCES) {
            sources.add(event.source());
        }
        if (sample == null && isShort(event)) {
            sample = event;
        }
    }

    long count() {
        return count.sum();
    }

    Instant lastSeen() {
        return Instant.ofEpochMilli(lastSeen);
    }

    List<String> sources() {
        return List.copyOf(sources);
    }

    @Nullable
    Event sample() {
        return sample;
    }

    private static boolean isShort(Event event) {
        byte[] data = event.data();
        long size = data == null ? 0 : data.length;
        for (var attribute : event.attributes().entrySet()) {
            size += attribute.getKey().length()
                    + attribute.getValue().toString().length();
        }
        return size <= LONGEST_SAMPLE;
    }
}
