package io.dispatch.driver;

/** A program that brings events in. {@link DriverMain} gives it its surroundings and ends it. */
public interface EventDriver {

    /** What the driver is and which options it takes; constant, and asked before anything else. */
    DriverDescription describe();

    /**
     * Brings events in until {@link DriverContext#stop()} is requested and everything read is acknowledged.
     *
     * @throws ConfigurationException if the options contradict each other or cannot be used
     * @throws InterruptedException if the time to drain is over; what is not acknowledged is read again by the next start
     */
    void run(DriverContext context) throws InterruptedException;
}
