package io.dispatch.functioninvoker.delivery;

import io.dispatch.database.PublishedSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Turns the parts of delivery, each in a thread of its own, from the time on that the event log is there. At the stop nothing
 * new is read or called, the calls in flight may end, what came of them is settled, and the leases are let go, so that the
 * next start goes on at once.
 */
final class DeliveryLoops implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoops.class);
    private static final Duration NO_REST = Duration.ZERO;
    private static final Duration BUSY_REST = Duration.ofMillis(1);
    private static final Duration LOOK_AT_ROWS = Duration.ofMillis(100);
    private static final Duration SETTLE_TICK = Duration.ofMillis(100);
    private static final Duration LOOK_AT_SUBSCRIPTIONS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<DeliveryEngine> engines;
    private final Leases leases;
    private final PublishedSchema schema;
    private final DeliverySettings settings;
    private final Clock clock;
    private @Nullable Running running;

    /** @param engines makes a new one for each start */
    DeliveryLoops(
            Supplier<DeliveryEngine> engines,
            Leases leases,
            PublishedSchema schema,
            DeliverySettings settings,
            Clock clock) {
        this.engines = engines;
        this.leases = leases;
        this.schema = schema;
        this.settings = settings;
        this.clock = clock;
    }

    /** An engine and the loops that turn it; {@code feeding} are those that begin new calls. */
    private record Running(DeliveryEngine engine, Loop leasing, Loop settling, List<Loop> feeding) {}

    private Running loops(DeliveryEngine engine) {
        var leasing = new Loop("leases", () -> {
            schema.await();
            return engine.leases.turn();
        });
        var settling = new Loop("settle", () -> {
            engine.news.await(SETTLE_TICK);
            engine.settler.turn();
            return NO_REST;
        });
        var subscriptions = new Loop("subscriptions", () -> {
            schema.await();
            engine.subscriptions.refresh();
            return LOOK_AT_SUBSCRIPTIONS;
        });
        var reading = new Loop("log", () -> {
            engine.pace.turn();
            return NO_REST;
        });
        return new Running(
                engine, leasing, settling, List.of(reading, new Loop("due", () -> bringBack(engine)), subscriptions));
    }

    private Duration bringBack(DeliveryEngine engine) throws InterruptedException {
        if (engine.due.turn()) {
            return BUSY_REST;
        }
        Duration wait = engine.due
                .next()
                .map(due -> Duration.between(clock.instant(), due))
                .filter(until -> until.isPositive() && until.compareTo(LOOK_AT_ROWS) < 0)
                .orElse(LOOK_AT_ROWS);
        boolean free = engine.free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        return free ? BUSY_REST : NO_REST;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            Running started = loops(engines.get());
            started.leasing().start();
            started.settling().start();
            started.feeding().forEach(Loop::start);
            running = started;
        }
    }

    @Override
    public synchronized void stop() {
        Running stopping = running;
        running = null;
        if (stopping == null) {
            return;
        }
        try {
            stop(stopping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("delivery stopped without settling all; it is made again");
        }
    }

    private void stop(Running stopping) throws InterruptedException {
        DeliveryEngine engine = stopping.engine();
        for (Loop loop : stopping.feeding()) {
            loop.stop(PATIENCE);
        }
        engine.lanes.stop();
        Instant end = clock.instant().plus(settings.stopTimeout());
        while (engine.lanes.calls() > 0 && clock.instant().isBefore(end)) {
            Thread.sleep(BUSY_REST);
        }
        stopping.settling().stop(PATIENCE);
        while (!engine.news.isEmpty()) {
            engine.settler.turn();
        }
        stopping.leasing().stop(PATIENCE);
        leases.release();
        log.atInfo().addKeyValue("callsCutOff", engine.lanes.calls()).log("delivery stopped");
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
