package io.dispatch.driver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a driver as a process: a driver's {@code main} calls {@link #run} and nothing else.
 *
 * <p>SIGTERM, and the end of the process that started it, let what is under way be acknowledged for at most 25 s; then the
 * process ends with 0.
 */
public final class DriverMain {

    /** The exit status of a wrong configuration: {@code EX_CONFIG} of BSD's sysexits.h. */
    static final int EXIT_CONFIGURATION = 78;

    private static final Duration DRAIN = Duration.ofSeconds(25);

    private DriverMain() {}

    /** Does not return: the process ends with the driver. */
    public static void run(EventDriver driver, String... arguments) {
        StopSignal stop = new StopSignal();
        CountDownLatch finished = new CountDownLatch(1);
        AtomicInteger exit = new AtomicInteger();
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.request();
                            drain(main, finished);
                            // After SIGTERM the JVM would answer 143; a driver that drained has done what it was asked.
                            Runtime.getRuntime().halt(exit.get());
                        },
                        "drain"));
        exit.set(new DriverProcess(driver, System.getenv(), System.out, System.err).run(stop, arguments));
        finished.countDown();
        System.exit(exit.get());
    }

    private static void drain(Thread main, CountDownLatch finished) {
        try {
            if (!finished.await(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                main.interrupt();
                finished.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
