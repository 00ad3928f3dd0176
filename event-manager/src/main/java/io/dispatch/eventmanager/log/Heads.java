package io.dispatch.eventmanager.log;

import io.dispatch.eventlog.EventLogSearch;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Where the log ends, looked up for all who follow it at most ten times a second, however many they are. Safe for use by several
 * threads.
 */
@Component
class Heads {
    private static final long FRESH_NANOS = 100_000_000;

    private final EventLogSearch log;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Long> heads = List.of();
    private long lookedAt;

    Heads(EventLogSearch log) {
        this.log = log;
    }

    /** For each partition the offset that the next event will get, as of a tenth of a second ago or later. */
    List<Long> now() {
        lock.lock();
        try {
            if (heads.isEmpty() || System.nanoTime() - lookedAt > FRESH_NANOS) {
                heads = log.nextOffsets();
                lookedAt = System.nanoTime();
            }
            return heads;
        } finally {
            lock.unlock();
        }
    }
}
