package io.dispatch.drivermanager.driver;

import io.dispatch.contracts.driver.Driver;
import io.dispatch.drivermanager.runtime.DriverSpec;
import io.dispatch.drivermanager.runtime.LocalRuntime;
import io.dispatch.drivermanager.runtime.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Makes the drivers that run be the drivers that are wanted, again and again: it looks at what is there, never at what it did
 * before, so it may be killed at any point. Woken by every change; otherwise it looks every two seconds, and four times a second
 * while something is on its way.
 *
 * <p>Each driver is worked on by one thread at a time, so that one that takes long to stop delays no other.
 */
@Component
class Reconciler implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration AT_REST = Duration.ofSeconds(2);
    private static final Duration BUSY = Duration.ofMillis(250);

    private final DriverRows rows;
    private final SecretEnvironment secrets;
    private final LocalRuntime runtime;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();
    private final Set<UUID> worked = ConcurrentHashMap.newKeySet();
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile @Nullable ExecutorService threads;

    Reconciler(DriverRows rows, SecretEnvironment secrets, LocalRuntime runtime) {
        this.rows = rows;
        this.secrets = secrets;
        this.runtime = runtime;
    }

    /**
     * What was last seen of a driver.
     *
     * @param version of the driver that was to run then
     */
    private record Seen(long version, Observation observation) {}

    /** Has it look now. */
    void wake() {
        wakeUps.release();
    }

    /** What was last seen of the driver as it is wanted now. */
    Observation observation(StoredDriver driver) {
        @Nullable Seen last = seen.get(driver.id());
        return last == null || last.version() != driver.version() ? new Observation.Pending() : last.observation();
    }

    @Override
    public void start() {
        ExecutorService started = Executors.newVirtualThreadPerTaskExecutor();
        threads = started;
        runtime.onChange(this::wake);
        started.execute(() -> loop(started));
    }

    /** Waits for what is being worked on; the processes are stopped by the runtime, which goes after this. */
    @Override
    public void stop() {
        @Nullable ExecutorService running = threads;
        threads = null;
        if (running != null) {
            running.shutdownNow();
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }

    private void loop(ExecutorService workers) {
        while (!workers.isShutdown()) {
            pass(workers);
            boolean busy = seen.values().stream().anyMatch(last -> last.observation() instanceof Observation.Pending);
            try {
                if (wakeUps.tryAcquire((busy ? BUSY : AT_REST).toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // only stop interrupts
            }
        }
    }

    private void pass(ExecutorService workers) {
        List<StoredDriver> wanted;
        try {
            wanted = rows.all();
        } catch (DataAccessException e) {
            log.warn("the drivers cannot be read, those that run go on: {}", e.getMessage());
            return;
        }
        wanted.forEach(driver -> work(workers, driver.id(), () -> reconcile(driver)));
        Set<UUID> ids = wanted.stream().map(StoredDriver::id).collect(Collectors.toSet());
        seen.keySet().retainAll(ids);
        runtime.drivers().stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> work(workers, id, () -> removeStray(id)));
    }

    private void work(ExecutorService workers, UUID driver, Runnable task) {
        if (worked.add(driver) && !workers.isShutdown()) {
            workers.execute(() -> {
                try {
                    task.run();
                } finally {
                    worked.remove(driver);
                }
            });
        }
    }

    private void reconcile(StoredDriver driver) {
        try {
            if (driver.isDeleting()) {
                runtime.remove(driver.id());
                rows.remove(driver);
                seen.remove(driver.id());
                log.atInfo()
                        .addKeyValue("organization", driver.organization())
                        .addKeyValue("driver", driver.name())
                        .log("driver deleted");
            } else {
                see(driver, made(driver));
            }
        } catch (IOException e) {
            // Shown until the next look, which tries again.
            see(driver, new Observation.Failed("Unknown: " + e.getMessage()));
        } catch (DataAccessException e) {
            log.warn("a driver waits for the database: {}", e.getMessage());
        }
    }

    private Observation made(StoredDriver driver) throws IOException {
        Driver wanted = rows.wanted(driver);
        return switch (secrets.read(driver.organization(), wanted.secrets())) {
            case SecretEnvironment.Outcome.Variables variables ->
                runtime.apply(new DriverSpec(
                        driver.id(),
                        driver.organization(),
                        driver.name(),
                        wanted.type(),
                        driver.image(),
                        DriverRows.arguments(wanted.config()),
                        variables.values()));
            case SecretEnvironment.Outcome.Absent absent -> stopped(driver, absent.reason());
            case SecretEnvironment.Outcome.Refused refused -> stopped(driver, "SecretRefused: " + refused.rule());
        };
    }

    private Observation stopped(StoredDriver driver, String reason) {
        runtime.stop(driver.id());
        return new Observation.Failed(reason);
    }

    private void see(StoredDriver driver, Observation observation) {
        Seen now = new Seen(driver.version(), observation);
        if (!now.equals(seen.put(driver.id(), now))) {
            log.atInfo()
                    .addKeyValue("organization", driver.organization())
                    .addKeyValue("driver", driver.name())
                    .log("driver is {}", observation);
        }
    }

    /** A process whose driver's row is gone, as after a restore of the database. */
    private void removeStray(UUID driver) {
        try {
            runtime.remove(driver);
        } catch (IOException e) {
            log.warn("the files of driver {}, which is no more, cannot be removed: {}", driver, e.toString());
        }
    }
}
