package io.dispatch.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** Durations in nanoseconds, sorted. */
final class Latencies {

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies none() {
        return new Latencies(new long[0]);
    }

    static Latencies between(AtomicLongArray from, AtomicLongArray to, int first, int end) {
        long[] durations = IntStream.range(first, end)
                .filter(event -> to.getAcquire(event) != 0)
                .mapToLong(event -> to.getAcquire(event) - from.getAcquire(event))
                .toArray();
        Arrays.sort(durations);
        return new Latencies(durations);
    }

    int count() {
        return sorted.length;
    }

    /**
     * The duration that this share of all does not exceed, in milliseconds; NaN if there are none.
     *
     * @param share from 0 to 1
     */
    double millis(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }
}
