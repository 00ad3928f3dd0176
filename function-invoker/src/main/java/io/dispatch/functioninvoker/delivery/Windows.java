package io.dispatch.functioninvoker.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that are ours. Safe for any thread. */
final class Windows {

    private static final Logger log = LoggerFactory.getLogger(Windows.class);

    private final Map<Integer, Window> byPartition = new ConcurrentHashMap<>();
    private final Lanes lanes;
    private final Duration age;

    /**
     * @param lanes forget what is lost
     * @param age how long an offset waits for a delivery
     */
    Windows(Lanes lanes, Duration age) {
        this.lanes = lanes;
        this.age = age;
    }

    /** In no particular order. */
    List<Window> all() {
        return new ArrayList<>(byPartition.values());
    }

    /** Their numbers. */
    List<Integer> partitions() {
        return new ArrayList<>(byPartition.keySet());
    }

    @Nullable
    Window find(int partition) {
        return byPartition.get(partition);
    }

    void add(Window window) {
        byPartition.put(window.partition(), window);
    }

    /** The deliveries that hold an offset for too long. */
    List<Delivery> overdue() {
        long now = System.nanoTime();
        return all().stream()
                .flatMap(window -> window.olderThan(age, now).stream())
                .toList();
    }

    /** Somebody else has the partition. */
    void lose(int partition) {
        Window window = byPartition.remove(partition);
        if (window != null) {
            window.lose();
            lanes.forget(window);
            log.atWarn().addKeyValue("partition", partition).log("somebody else has taken a partition over");
        }
    }
}
