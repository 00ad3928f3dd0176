package io.dispatch.functioninvoker.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A thread that takes turns until it is stopped. What a turn throws is said, and the next one taken a little later. */
final class Loop {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final String name;
    private final Turn turn;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean failing;

    Loop(String name, Turn turn) {
        this.name = name;
        this.turn = turn;
    }

    /** One round of work. */
    @FunctionalInterface
    interface Turn {

        /** Returns how long to rest afterwards; zero or less for not at all. */
        Duration take() throws InterruptedException;
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("delivery-" + name).start(this::run);
    }

    /** Takes no further turn and ends its rest; waits for the current turn, then interrupts it. */
    void stop(Duration patience) throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        if (running != null && !running.join(patience)) {
            running.interrupt();
            running.join(patience);
        }
    }

    private void run() {
        try {
            Duration rest = Duration.ZERO;
            while (!stopping.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration once() throws InterruptedException {
        try {
            Duration rest = turn.take();
            failing = false;
            return rest;
        } catch (DataAccessException e) {
            if (!failing) {
                log.atWarn()
                        .addKeyValue("loop", name)
                        .addKeyValue("reason", e.getMessage())
                        .log("the database is away");
            }
        } catch (RuntimeException e) {
            log.atError().addKeyValue("loop", name).setCause(e).log("a turn failed inside");
        }
        failing = true;
        return AFTER_FAILURE;
    }
}
