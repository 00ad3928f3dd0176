package io.dispatch.functioninvoker.function;

import io.dispatch.functioninvoker.source.SourcePrograms;
import io.dispatch.workloads.Program;
import io.dispatch.workloads.Workload;
import io.dispatch.workloads.WorkloadState;
import io.dispatch.workloads.Workloads;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs behind the functions that are commands or sources, one each: what should run is compared with what runs and
 * made so, as often as one likes. Safe for any thread.
 *
 * <p>The lock keeps two comparisons from starting one program twice.
 */
final class Programs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Programs.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** After so many ends in a row the next start comes within half a second. */
    private static final int FEW_FAILURES = 2;

    private final CommandPrograms commands;
    private final SourcePrograms sources;
    private final Workloads workloads;
    private final SecretLookup secrets;
    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    Programs(CommandPrograms commands, SourcePrograms sources, Workloads workloads, SecretLookup secrets) {
        this.commands = commands;
        this.sources = sources;
        this.workloads = workloads;
        this.secrets = secrets;
    }

    /** What was decided for a function, or null if nothing was yet. */
    @Nullable
    Kept find(UUID function) {
        return kept.get(function);
    }

    /** Ends a program that gave no answer, and starts it again at once; nothing if another has taken its place. */
    void restart(UUID function, Kept silent) {
        lock.lock();
        try {
            Program program = silent.program();
            if (program != null && silent.equals(kept.get(function)) && !closed) {
                workloads.remove(function.toString(), Duration.ZERO);
                workloads.start(program, _ -> {});
                log.atInfo()
                        .addKeyValue("function", function)
                        .log("a function's program gave no answer and was replaced");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the program of a function does not take calls right now; empty if it does. */
    Optional<String> reason(UUID function) {
        Kept found = kept.get(function);
        Workload workload = workloads.find(function.toString());
        if (found == null || workload == null) {
            return Optional.of(
                    found == null || found.reason() == null ? "its program is not started yet" : found.reason());
        }
        return switch (workload.state()) {
            case WorkloadState.Starting _ -> Optional.of("its program is starting");
            case WorkloadState.Running _ -> found.silence();
            case WorkloadState.BackingOff ended ->
                Optional.of("its program ended with code %d: %s"
                        .formatted(ended.exit().code(), ended.exit().lastLine()));
            case WorkloadState.Stopped _ -> Optional.of("its program is stopped");
        };
    }

    /** Whether a program was started and has not ended, so that what is wrong may pass by itself. */
    boolean isStarting(UUID function) {
        Workload workload = workloads.find(function.toString());
        return workload != null
                && (workload.state() instanceof WorkloadState.Starting
                        || workload.state() instanceof WorkloadState.Running);
    }

    /** Whether a program will listen within a second or so, if it is not broken. */
    boolean isAboutToListen(UUID function) {
        Workload workload = workloads.find(function.toString());
        return isStarting(function)
                || (workload != null
                        && workload.state() instanceof WorkloadState.BackingOff ended
                        && ended.failures() <= FEW_FAILURES);
    }

    /**
     * Starts what should run and does not, restarts what has changed, ends what should not run.
     *
     * @param wanted all functions that are programs, asked for when nobody else compares
     */
    void reconcile(Supplier<List<FunctionVersion>> wanted) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Set<UUID> ids = new HashSet<>();
            for (FunctionVersion function : wanted.get()) {
                ids.add(function.id());
                reconcile(function);
            }
            for (UUID id : List.copyOf(kept.keySet())) {
                if (!ids.contains(id)) {
                    end(id, kept.remove(id));
                }
            }
            sources.retain(kept.values().stream()
                    .flatMap(one -> Stream.ofNullable(one.program()))
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            log.atWarn().addKeyValue("reason", e.toString()).log("sources that nobody needs could not be removed");
        } finally {
            lock.unlock();
        }
    }

    private void reconcile(FunctionVersion function) {
        Kept before = kept.get(function.id());
        Kept now = desired(function, before);
        if (before != null
                && Objects.equals(now.program(), before.program())
                && Objects.equals(now.reason(), before.reason())) {
            return;
        }
        now.turn().acquireUninterruptibly(); // nobody else knows it yet; calls that come now wait for the new program
        try {
            kept.put(function.id(), now);
            end(function.id(), before);
            start(function, now);
        } finally {
            now.turn().release();
        }
    }

    /** Ends the program of a decision that does not hold any more, after the call under way if that ends in time. */
    private void end(UUID function, @Nullable Kept before) {
        boolean idle = before != null && before.takeTurn(GRACE);
        try {
            workloads.remove(function.toString(), idle ? GRACE : Duration.ZERO);
        } finally {
            if (before != null && idle) {
                before.turn().release();
            }
        }
    }

    private void start(FunctionVersion function, Kept now) {
        if (now.program() == null) {
            log.atWarn()
                    .addKeyValue("organization", function.organization())
                    .addKeyValue("function", function.spec().name())
                    .addKeyValue("reason", now.reason())
                    .log("a function's program cannot be run");
            return;
        }
        workloads.start(now.program(), _ -> {});
        log.atInfo()
                .addKeyValue("organization", function.organization())
                .addKeyValue("function", function.spec().name())
                .addKeyValue("port", now.port())
                .log("a function's program was started");
    }

    private Kept desired(FunctionVersion function, @Nullable Kept before) {
        try {
            int port = before == null || before.program() == null ? Kept.freePort() : before.port();
            if (function.isSource()) {
                String token = before == null || before.token() == null
                        ? UUID.randomUUID().toString()
                        : before.token();
                return Kept.source(
                        port,
                        token,
                        sources.program(function.organization(), function.id(), function.spec(), port, token));
            }
            SecretLookup.Values values = secrets.values(function.organization(), function.secrets());
            return values.reasons().isEmpty()
                    ? Kept.command(port, commands.program(function, port, values.byKey()))
                    : Kept.none(String.join("; ", values.reasons()));
        } catch (IOException | IllegalArgumentException e) {
            return Kept.none(String.valueOf(e.getMessage()));
        }
    }

    /** Ends all programs. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            workloads.close();
        } finally {
            lock.unlock();
        }
    }
}
