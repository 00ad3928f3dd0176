package io.dispatch.workloads;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The child's side: ends this process at once when the process that started it is gone, so that nothing outlives a killed
 * owner. The operating system does the same where {@code setpriv} is there; this also works elsewhere.
 */
public final class Lifeline {

    /** The variable that names the process this one must not outlive. */
    public static final String PARENT_PID = "DISPATCH_PARENT_PID";

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private Lifeline() {}

    /**
     * Starts to watch; to be called first in {@code main}. Without {@value #PARENT_PID} nothing is watched: the process was
     * started by hand. Halts at once when that process is already gone.
     *
     * @throws IllegalArgumentException when {@value #PARENT_PID} is no process id
     */
    public static void attach() {
        @Nullable String pid = System.getenv(PARENT_PID);
        if (pid == null) {
            return;
        }
        Optional<ProcessHandle> owner = owner(pid);
        if (owner.isEmpty()) {
            halt();
            return;
        }
        Thread.ofPlatform().daemon().name("lifeline").start(() -> watch(owner.get()));
    }

    private static Optional<ProcessHandle> owner(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid)).filter(Lifeline::isOlderThanThis);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a process id, was '%s'".formatted(PARENT_PID, pid), e);
        }
    }

    /** A process that is younger than its child is a stranger with a recycled number. */
    private static boolean isOlderThanThis(ProcessHandle owner) {
        Optional<Instant> own = ProcessHandle.current().info().startInstant();
        Optional<Instant> its = owner.info().startInstant();
        return own.isEmpty() || its.isEmpty() || !its.get().isAfter(own.get());
    }

    private static void watch(ProcessHandle owner) {
        while (ProcessTree.isRunning(owner)) {
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        halt();
    }

    private static void halt() {
        // No shutdown hooks: they could wait for neighbours that the same kill has ended.
        Runtime.getRuntime().halt(1);
    }
}
