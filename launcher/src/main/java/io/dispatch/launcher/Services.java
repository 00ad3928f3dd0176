package io.dispatch.launcher;

import io.dispatch.workloads.Backoff;
import io.dispatch.workloads.Program;
import io.dispatch.workloads.Workload;
import io.dispatch.workloads.WorkloadState;
import io.dispatch.workloads.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The four services as child processes: started together, kept running, stopped one after the other in reverse order. */
final class Services implements AutoCloseable {

    private static final Duration TIME_TO_BE_READY = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PAUSES_BETWEEN_NEWS = 400;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final int LINES_SHOWN = 15;

    private final Workloads workloads;
    private final Consumer<String> news;
    private final Map<Service, Workload> running = new EnumMap<>(Service.class);
    private volatile boolean ready;

    private Services(Workloads workloads, Consumer<String> news) {
        this.workloads = workloads;
        this.news = news;
    }

    /**
     * Stops what a killed launcher left in the folder; nothing is started yet.
     *
     * @param folder for records of what runs
     * @param news told one sentence when a service ended and is started again
     */
    static Services open(Path folder, Consumer<String> news) {
        try {
            return new Services(Workloads.open(folder, Clock.systemUTC()), news);
        } catch (IOException e) {
            throw new LaunchException(
                    "What an earlier Dispatch left cannot be stopped: %s.".formatted(e.getMessage()), e);
        }
    }

    void start(Map<Service, App> apps, ServiceSettings settings, DataFolder data) {
        for (Service service : Service.values()) {
            App app = apps.get(service);
            if (app == null) {
                throw new IllegalArgumentException(service + " has no app");
            }
            Program program = new Program(
                    service.moduleName(),
                    app.command(settings.temporaryFolder(service)),
                    settings.of(service),
                    settings.temporaryFolder(service),
                    data.log(service),
                    BACKOFF);
            running.put(service, workloads.start(program, this::tell));
        }
    }

    private void tell(Workload workload) {
        if (ready && workload.state() instanceof WorkloadState.BackingOff ended) {
            news.accept("%s ended (exit code %d) and is started again."
                    .formatted(workload.program().name(), ended.exit().code()));
        }
    }

    /**
     * Waits until all are ready; says what it waits for when that takes long.
     *
     * @throws LaunchException if one ends, or is not ready after five minutes, with the last lines it printed
     */
    void awaitReady(Readiness readiness) throws InterruptedException {
        long start = System.nanoTime();
        for (Map.Entry<Service, Workload> entry : running.entrySet()) {
            Optional<String> complaint = readiness.complaint(entry.getKey());
            for (int pauses = 1; complaint.isPresent(); pauses++) {
                refuseEnded();
                String waitsFor = "%s: %s".formatted(entry.getKey().moduleName(), complaint.get());
                if (System.nanoTime() - start > TIME_TO_BE_READY.toNanos()) {
                    throw new LaunchException("Not everything is ready after %d s, still waiting for %s.%s"
                            .formatted(TIME_TO_BE_READY.toSeconds(), waitsFor, lastLines(entry.getValue())));
                }
                if (pauses % PAUSES_BETWEEN_NEWS == 0) {
                    news.accept("Still waiting for %s.".formatted(waitsFor));
                }
                Thread.sleep(PAUSE);
                complaint = readiness.complaint(entry.getKey());
            }
        }
        ready = true;
    }

    private void refuseEnded() {
        for (Map.Entry<Service, Workload> entry : running.entrySet()) {
            if (entry.getValue().state() instanceof WorkloadState.BackingOff ended) {
                throw new LaunchException("%s ended at its start (exit code %d).%s"
                        .formatted(entry.getKey().moduleName(), ended.exit().code(), lastLines(entry.getValue())));
            }
        }
    }

    private static String lastLines(Workload workload) {
        Path log = workload.program().log();
        try {
            List<String> lines = workload.lastLines(LINES_SHOWN).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? " It printed nothing."
                    : " The last lines of %s:%n  %s".formatted(log, String.join("%n  ".formatted(), lines));
        } catch (IOException e) {
            return " Its log %s cannot be read: %s.".formatted(log, e.getMessage());
        }
    }

    /** Stops them one after the other; harmless when some or all are not there. */
    void stop() {
        ready = false;
        for (Service service : List.of(Service.values()).reversed()) {
            Workload workload = running.get(service);
            if (workload != null) {
                workload.stop(GRACE);
            }
        }
    }

    @Override
    public void close() {
        stop();
        workloads.close();
    }
}
