package io.dispatch.benchmarks;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each event was due, answered and received, by its number; nanoseconds of {@link System#nanoTime}, 0 for not yet. One thread
 * writes each of the three; others may read at any time.
 */
final class Timeline {

    private final AtomicLongArray due;
    private final AtomicLongArray answered;
    private final AtomicLongArray received;

    Timeline(int events) {
        due = new AtomicLongArray(events);
        answered = new AtomicLongArray(events);
        received = new AtomicLongArray(events);
    }

    int capacity() {
        return due.length();
    }

    void due(int event, long at) {
        due.setPlain(event, at);
    }

    void answered(int event, long at) {
        answered.setPlain(event, at);
    }

    /** Tells whether this was the first time. */
    boolean received(int event, long at) {
        if (received.getPlain(event) != 0) {
            return false;
        }
        received.setRelease(event, at);
        return true;
    }

    boolean isReceived(int event) {
        return received.getAcquire(event) != 0;
    }

    /** From due to answered, of the events of a span that were. */
    Latencies untilAnswered(int first, int end) {
        return Latencies.between(due, answered, first, end);
    }

    /** From due to received, of the events of a span that were. */
    Latencies untilReceived(int first, int end) {
        return Latencies.between(due, received, first, end);
    }

    /** When the last event of a span was received. */
    long lastReceived(int first, int end) {
        long last = 0;
        for (int event = first; event < end; event++) {
            last = Math.max(last, received.getAcquire(event));
        }
        return last;
    }
}
