package io.dispatch.driver;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * The surroundings of a running driver.
 *
 * @param identity who the driver is on the platform
 * @param options the values of the driver's own options
 * @param emitter where events go
 * @param checkpoints where progress is kept; the only thing that survives a restart
 * @param status health and metrics
 * @param stop says when to stop reading
 * @param clock the driver's only source of time
 * @param random the driver's only source of chance; safe for use by several threads
 */
public record DriverContext(
        DriverIdentity identity,
        Options options,
        Emitter emitter,
        CheckpointStore checkpoints,
        DriverStatus status,
        StopSignal stop,
        Clock clock,
        RandomGenerator random) {}
