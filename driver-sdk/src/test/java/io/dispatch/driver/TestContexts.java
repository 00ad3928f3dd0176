package io.dispatch.driver;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Surroundings for a driver that is turned by hand: nothing is sent, nothing is kept but in the given store. */
public final class TestContexts {

    private TestContexts() {}

    /** A store that forgets with the test. */
    public static CheckpointStore checkpoints() {
        return new MemoryCheckpointStore();
    }

    public static DriverContext context(
            EventDriver driver, CheckpointStore checkpoints, Clock clock, String... arguments) {
        DriverIdentity identity = new DriverIdentity("driver-1", "test", "acme");
        DriverStatus status = new DriverStatus(identity, false, clock);
        Random random = new Random(1);
        Emitter emitter =
                new Emitter(event -> new SinkAnswer.Accepted(), new Backoff(random), status, letter -> {}, time -> {});
        Options options =
                Options.parse(StandardOptions.with(driver.describe().options()), List.of(arguments), Map.of());
        return new DriverContext(identity, options, emitter, checkpoints, status, new StopSignal(), clock, random);
    }
}
