package io.dispatch.workloads;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program's process and everything it started. Descendants are asked from the operating system; those whose own parent
 * has died are only found by an entry of their environment, which they inherited (where {@code /proc} tells it).
 */
final class ProcessTree {

    private static final Path PROC = Path.of("/proc");
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final @Nullable ProcessHandle root;
    private final Predicate<String> marker;

    /**
     * @param root the program's own process; null when it is not known or gone
     * @param marker accepts an entry ({@code NAME=value}) that only processes of this tree have in their environment
     */
    ProcessTree(@Nullable ProcessHandle root, Predicate<String> marker) {
        this.root = root;
        this.marker = marker;
    }

    /** Whether it is there and not only waiting for its parent to take note of its end. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /**
     * Asks all to end (SIGTERM), waits until they have or the time is over, then ends them (SIGKILL). An interrupt ends the
     * patience: what is there is told to end at once, and the interrupt is kept.
     *
     * @param grace 0 or more
     * @return false when one of them is there even then
     */
    boolean stop(Duration grace) {
        boolean interrupted = Thread.interrupted();
        boolean gone = false;
        if (!interrupted) {
            try {
                gone = signalUntilGone(ProcessHandle::destroy, grace);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!gone) {
            try {
                gone = signalUntilGone(ProcessHandle::destroyForcibly, AFTER_KILL);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return gone;
    }

    private boolean signalUntilGone(Consumer<ProcessHandle> signal, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            // Asked for again each time: one that is told to end may start another on its way.
            Set<ProcessHandle> running = running();
            if (running.isEmpty()) {
                return true;
            }
            running.forEach(signal);
            while (running.stream().anyMatch(ProcessTree::isRunning)) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }

    private Set<ProcessHandle> running() {
        Set<ProcessHandle> found = new HashSet<>();
        if (root != null) {
            found.add(root);
            root.descendants().forEach(found::add);
        }
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(process -> isMarked(process.pid())).forEach(found::add);
        }
        return found.stream().filter(ProcessTree::isRunning).collect(Collectors.toSet());
    }

    private boolean isMarked(long pid) {
        try {
            String environment = Files.readString(proc(pid, "environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0")).anyMatch(marker);
        } catch (IOException e) {
            return false; // gone by now, another user's, or a system without /proc
        }
    }

    private static boolean isZombie(long pid) {
        try {
            // pid (name) state …, where the name may hold anything: proc_pid_stat(5).
            String stat = Files.readString(proc(pid, "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path proc(long pid, String file) {
        return PROC.resolve(Long.toString(pid)).resolve(file);
    }
}
