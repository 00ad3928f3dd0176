package io.dispatch.driver;

import java.io.IOException;

/** One thing a {@link PollingDriver} reads. Polled by one thread; commits may come on another, one at a time and in order. */
@FunctionalInterface
public interface PollingSource {

    /**
     * Reads what there is, without waiting for more.
     *
     * @throws IOException if upstream does not answer; tried again after a growing pause
     */
    Batch poll() throws IOException, InterruptedException;

    /** How many batches may be under way at once, at least one: with one, the next read waits for the last commit. */
    default int batchesInFlight() {
        return 1;
    }
}
