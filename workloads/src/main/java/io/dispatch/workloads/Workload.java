package io.dispatch.workloads;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that is kept running until {@link #stop}. Safe for any thread.
 *
 * <p>The lock closes one race: a stop that comes while a new process is being started waits for it and then ends it, so that
 * none is left behind.
 */
public final class Workload {

    private static final Logger log = LoggerFactory.getLogger(Workload.class);
    /** For what a program that ended by itself has left behind. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(1);

    /** For a pipe that a process outside the tree still holds. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    private final Program program;
    private final Owner owner;
    private final Consumer<Workload> onChange;
    private final ProgramLog output;
    private final Thread supervisor;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopAsked = lock.newCondition();
    private boolean stopping;
    private @Nullable Process process;
    private volatile WorkloadState state = new WorkloadState.Starting();

    Workload(Program program, Owner owner, Consumer<Workload> onChange) {
        this.program = program;
        this.owner = owner;
        this.onChange = onChange;
        this.output = new ProgramLog(program.log());
        this.supervisor = Thread.ofVirtual().name("workload-" + program.name()).unstarted(this::supervise);
    }

    /** What the workloads of one owner share. */
    record Owner(String id, Spawner spawner, ProcessRecords records, Clock clock) {

        String marker(String workload) {
            return id + "/" + workload;
        }
    }

    void start() {
        supervisor.start();
    }

    /** What it was asked to run. */
    public Program program() {
        return program;
    }

    /** What was last observed. */
    public WorkloadState state() {
        return state;
    }

    /**
     * The last lines of the log file, of earlier runs too.
     *
     * @param count at most this many, 1 or more
     * @return oldest first
     * @throws IOException when the log cannot be read
     */
    public List<String> lastLines(int count) throws IOException {
        return output.lastLines(count);
    }

    /**
     * Ends it with everything it started and keeps it so: SIGTERM, then SIGKILL when {@code grace} is over. Returns when all
     * of it is gone. May be called again. An interrupt ends the patience, not the work, and is kept.
     *
     * @param grace 0 or more
     */
    public void stop(Duration grace) {
        @Nullable Process running;
        lock.lock();
        try {
            stopping = true;
            stopAsked.signalAll();
            running = process;
        } finally {
            lock.unlock();
        }
        if (running != null && !tree(running).stop(grace)) {
            log.error("workload {} is still there after SIGKILL", program.name());
        }
        join(supervisor, Duration.ofSeconds(30));
    }

    private void supervise() {
        int failures = 0;
        @Nullable Exit exit = null;
        while (true) {
            Instant start = owner.clock().instant();
            @Nullable Exit end = runOnce(start, failures, exit);
            if (end == null) {
                break;
            }
            exit = end;
            boolean lasted = Duration.between(start, end.at())
                            .compareTo(program.backoff().max())
                    > 0;
            failures = lasted ? 1 : failures + 1;
            Duration delay = program.backoff().delay(failures);
            if (!pause(delay, new WorkloadState.BackingOff(end.at().plus(delay), end, failures))) {
                break;
            }
        }
        become(new WorkloadState.Stopped(exit));
    }

    /** One process from its start to its end; null when a stop came before the start. */
    private @Nullable Exit runOnce(Instant start, int failures, @Nullable Exit previous) {
        Process started;
        lock.lock();
        try {
            if (stopping) {
                return null;
            }
            started = owner.spawner().spawn(program, variables());
            process = started;
        } catch (IOException e) {
            return new Exit(
                    Exit.CANNOT_START,
                    String.valueOf(e.getMessage()),
                    owner.clock().instant());
        } finally {
            lock.unlock();
        }
        Thread copier = Thread.ofPlatform()
                .daemon()
                .name("output-" + program.name())
                .start(() -> output.copy(started.getInputStream()));
        writeDown(started);
        become(new WorkloadState.Running(started.pid(), start, failures, previous));
        int code = end(started);
        tree(started).stop(LEFT_BEHIND);
        join(copier, LAST_OUTPUT);
        forget();
        return new Exit(code, output.lastLine(), owner.clock().instant());
    }

    /** Waits before the next start; false when a stop came. */
    private boolean pause(Duration delay, WorkloadState backingOff) {
        lock.lock();
        try {
            if (stopping) {
                return false;
            }
            process = null;
        } finally {
            lock.unlock();
        }
        become(backingOff);
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (!stopping && nanos > 0) {
                nanos = stopAsked.awaitNanos(nanos);
            }
            return !stopping;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody has the supervisor's thread to interrupt it", e);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, String> variables() {
        return Map.of(
                Lifeline.PARENT_PID, Long.toString(ProcessHandle.current().pid()),
                Workloads.MARKER, owner.marker(program.name()));
    }

    private ProcessTree tree(Process root) {
        return new ProcessTree(root.toHandle(), (Workloads.MARKER + "=" + owner.marker(program.name()))::equals);
    }

    private void writeDown(Process started) {
        try {
            owner.records().write(program.name(), started.toHandle());
        } catch (IOException e) {
            // The system still ends it with its owner, and its marker still tells the next owner.
            log.warn("the process of workload {} could not be written down: {}", program.name(), e.toString());
        }
    }

    private void forget() {
        try {
            owner.records().remove(program.name());
        } catch (IOException e) {
            log.warn("the record of workload {} could not be removed: {}", program.name(), e.toString());
        }
    }

    private void become(WorkloadState next) {
        state = next;
        try {
            onChange.accept(this);
        } catch (RuntimeException e) {
            log.error("workload {}: the listener failed; the program goes on", program.name(), e);
        }
    }

    private static int end(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody has the supervisor's thread to interrupt it", e);
        }
    }

    /** Waits for the thread, whatever interrupts come; they are kept. */
    private static void join(Thread thread, Duration atMost) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
