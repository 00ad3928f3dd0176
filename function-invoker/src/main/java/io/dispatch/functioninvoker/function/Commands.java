package io.dispatch.functioninvoker.function;

import io.dispatch.workloads.Program;
import io.dispatch.workloads.Workload;
import io.dispatch.workloads.WorkloadState;
import io.dispatch.workloads.Workloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs behind the functions that are commands, one each: what should run is compared with what runs and made so, as
 * often as one likes. Safe for any thread.
 *
 * <p>The lock keeps two comparisons from starting one program twice.
 */
final class Commands implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int PROBE_MILLIS = 200;

    private final CommandPrograms programs;
    private final Workloads workloads;
    private final SecretLookup secrets;
    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    Commands(CommandPrograms programs, Workloads workloads, SecretLookup secrets) {
        this.programs = programs;
        this.workloads = workloads;
        this.secrets = secrets;
    }

    /** Where the program of a function listens, whether or not it does so yet; empty if it cannot be run. */
    Optional<URI> address(UUID function) {
        Kept found = kept.get(function);
        return found == null || found.program() == null
                ? Optional.empty()
                : Optional.of(URI.create("http://127.0.0.1:%d/".formatted(found.port())));
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
            case WorkloadState.Running _ ->
                isListening(found.port())
                        ? Optional.empty()
                        : Optional.of("its program runs but does not listen on $PORT");
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

    /**
     * Starts what should run and does not, restarts what has changed, ends what should not run.
     *
     * @param wanted all functions that are commands
     */
    void reconcile(List<FunctionVersion> wanted) {
        lock.lock();
        try {
            Set<UUID> ids = new HashSet<>();
            for (FunctionVersion function : wanted) {
                ids.add(function.id());
                reconcile(function);
            }
            for (UUID id : List.copyOf(kept.keySet())) {
                if (!ids.contains(id)) {
                    workloads.remove(id.toString(), GRACE);
                    kept.remove(id);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void reconcile(FunctionVersion function) {
        Kept before = kept.get(function.id());
        Kept now = desired(function, before);
        if (before != null && now.equals(before)) {
            return;
        }
        workloads.remove(function.id().toString(), GRACE);
        kept.put(function.id(), now);
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
        SecretLookup.Values values = secrets.values(function.organization(), function.secrets());
        if (!values.reasons().isEmpty()) {
            return new Kept(0, null, String.join("; ", values.reasons()));
        }
        try {
            int port = before == null || before.program() == null ? freePort() : before.port();
            return new Kept(port, programs.program(function, port, values.byKey()), null);
        } catch (IOException | IllegalArgumentException e) {
            return new Kept(0, null, String.valueOf(e.getMessage()));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends all programs. */
    @Override
    public void close() {
        workloads.close();
    }

    /**
     * What was decided for a function.
     *
     * @param port that the program is told to listen on; 0 if it cannot be run
     * @param program null if it cannot be run
     * @param reason why it cannot, else null
     */
    private record Kept(
            int port, @Nullable Program program, @Nullable String reason) {}
}
