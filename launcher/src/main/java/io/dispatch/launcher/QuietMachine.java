package io.dispatch.launcher;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Tells when the machine has nothing else to do.
 *
 * @param load of all processors since it was asked the last time, 0 to 1; negative when it is not known, which counts as quiet
 * @param sample how long to look at a time
 */
record QuietMachine(DoubleSupplier load, Duration sample) {

    private static final int SAMPLES = 5;
    private static final double QUIET = 0.3;

    static QuietMachine thisOne() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new QuietMachine(system::getCpuLoad, Duration.ofSeconds(1));
    }

    /** Waits until it was quiet for five samples in a row. */
    void await() throws InterruptedException {
        int quiet = 0;
        while (quiet < SAMPLES) {
            Thread.sleep(sample);
            quiet = load.getAsDouble() < QUIET ? quiet + 1 : 0;
        }
    }
}
