/**
 * Runs a program as a child process and keeps it running: started, watched, restarted, stopped with everything it
 * started; enters a {@link io.dispatch.workloads.Program}, leaves an observed {@link io.dispatch.workloads.WorkloadState}.
 */
@NullMarked
package io.dispatch.workloads;

import org.jspecify.annotations.NullMarked;
