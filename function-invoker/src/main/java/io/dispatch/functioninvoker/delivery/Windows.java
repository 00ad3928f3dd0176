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

    /** Those that another is not to have. */
    List<Window> open() {
        return byPartition.values().stream()
                .filter(window -> !window.isClosed())
                .toList();
    }

    /** The numbers of those that another is not to have. */
    List<Integer> partitions() {
        return open().stream().map(Window::partition).toList();
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
        return open().stream()
                .flatMap(window -> window.olderThan(age, now).stream())
                .toList();
    }

    /**
     * Another is to have the partition: no further call of it begins. What waits is forgotten, as it is still owed in the log or
     * as a row.
     *
     * @param by when the calls that run are not waited for any longer, in {@link System#nanoTime()}
     */
    void leave(Window window, long by) {
        window.leave(by);
        lanes.forget(window);
    }

    /** The partition was let go. */
    void left(int partition) {
        Window window = byPartition.remove(partition);
        if (window != null) {
            window.lose();
            lanes.forget(window);
        }
    }

    /** Somebody else has the partition. */
    void lose(int partition) {
        if (byPartition.containsKey(partition)) {
            left(partition);
            log.atWarn().addKeyValue("partition", partition).log("somebody else has taken a partition over");
        }
    }
}
