package io.dispatch.workloads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was last observed of a workload. */
public sealed interface WorkloadState {

    /** Asked for, its process is not there yet. */
    record Starting() implements WorkloadState {}

    /**
     * Its process is there; whether it is ready to serve is for the one who knows the program to find out.
     *
     * @param pid the process, never the wrapper around it
     * @param since when this process was started
     * @param failures how often in a row it ended before this start; 0 = this is its first
     * @param previous how it ended before this start; null = this is its first
     */
    record Running(
            long pid, Instant since, int failures, @Nullable Exit previous) implements WorkloadState {}

    /**
     * It ended by itself and will be started again.
     *
     * @param until when
     * @param exit how it ended
     * @param failures how often in a row, 1 or more
     */
    record BackingOff(Instant until, Exit exit, int failures) implements WorkloadState {}

    /**
     * It was stopped and stays so.
     *
     * @param exit how it ended; null when no process was running
     */
    record Stopped(@Nullable Exit exit) implements WorkloadState {}
}
