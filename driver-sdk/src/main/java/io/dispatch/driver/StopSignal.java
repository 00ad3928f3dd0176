package io.dispatch.driver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says once that the driver shall stop reading. Safe for use by several threads. */
public final class StopSignal {

    private final CountDownLatch latch = new CountDownLatch(1);

    /** Asks the driver to stop reading; further calls do nothing. */
    public void request() {
        latch.countDown();
    }

    public boolean requested() {
        return latch.getCount() == 0;
    }

    /** Waits at most {@code time} and tells whether the stop was requested; a time of zero or less does not wait. */
    public boolean await(Duration time) throws InterruptedException {
        return latch.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    }
}
