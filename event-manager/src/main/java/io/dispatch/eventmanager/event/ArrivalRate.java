package io.dispatch.eventmanager.event;

/** How many events arrive in a second, averaged over about the last tenth of one. Used by one thread. */
final class ArrivalRate {
    private static final double WINDOW_SECONDS = 0.1;
    private static final double NANOS = 1e9;

    private double perSecond;
    private long last;
    private boolean begun;

    /**
     * Counts events.
     *
     * @param now the time, in the nanoseconds of {@link System#nanoTime}
     */
    void add(int events, long now) {
        if (begun) {
            double seconds = Math.max(now - last, 1) / NANOS;
            double weight = Math.min(1, seconds / WINDOW_SECONDS);
            perSecond += weight * (events / seconds - perSecond);
        }
        begun = true;
        last = now;
    }

    double perSecond() {
        return perSecond;
    }
}
