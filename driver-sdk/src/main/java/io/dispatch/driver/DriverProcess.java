package io.dispatch.driver;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a driver: from its arguments and environment to its exit status. */
final class DriverProcess {

    private static final Logger LOG = LoggerFactory.getLogger(DriverProcess.class);

    private final EventDriver driver;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock = Clock.systemUTC();
    private final RandomGenerator random = new Random(); // java.util.Random, as it may be used by several threads

    DriverProcess(EventDriver driver, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.driver = driver;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Blocks until the driver has ended and gives the exit status. */
    int run(StopSignal stop, String... arguments) {
        try {
            DriverDescription description = driver.describe();
            List<Option<?>> known = StandardOptions.with(description.options());
            Options options = Options.parse(known, List.of(arguments), environment);
            if (options.get(StandardOptions.DESCRIBE)) {
                out.println(description.json(known));
            } else if (options.get(StandardOptions.HELP)) {
                out.println(description.help(known));
            } else {
                Lifeline.endWithParent(environment);
                run(description, options, stop);
            }
            return 0;
        } catch (ConfigurationException e) {
            err.println(e.getMessage());
            return DriverMain.EXIT_CONFIGURATION;
        } catch (InterruptedException e) {
            LOG.warn("not everything was acknowledged in time; it is sent again after the next start");
            return 0;
        } catch (IOException | RuntimeException e) {
            LOG.error("the driver failed", e);
            return 1;
        }
    }

    private void run(DriverDescription description, Options options, StopSignal stop)
            throws IOException, InterruptedException {
        DriverIdentity identity = DriverIdentity.from(environment, description.name());
        boolean dry = options.get(StandardOptions.DRY_RUN);
        DriverStatus status = new DriverStatus(identity, options.get(StandardOptions.DEBUG), clock);
        SinkAddress address = SinkAddress.from(options, environment);
        EventOverrides overrides = EventOverrides.from(environment);
        BearerToken token = BearerToken.from(environment);
        Duration answer = Duration.ofSeconds(Settings.number(environment, "K_SINK_TIMEOUT", 30, 1, 3600));
        int port = Settings.number(environment, "DISPATCH_MANAGEMENT_PORT", 0, 0, 65535);
        try (DriverHttp http = new DriverHttp(Emitter.WINDOW, answer);
                ManagementServer management = new ManagementServer(status)) {
            if (port != 0) {
                management.listen(port);
            }
            Sink real = dry ? new DrySink() : new HttpSink(address, token, http, clock);
            CheckpointStore checkpoints = dry ? new MemoryCheckpointStore() : checkpoints(token, http);
            Emitter emitter = new Emitter(
                    event -> real.deliver(overrides.applyTo(event)),
                    new Backoff(random),
                    status,
                    new RecentDeadLetters(checkpoints, clock),
                    Thread::sleep);
            driver.run(new DriverContext(identity, options, emitter, checkpoints, status, stop, clock, random));
            status.stopped();
        }
    }

    private CheckpointStore checkpoints(BearerToken token, DriverHttp http) {
        String url = environment.getOrDefault("DISPATCH_STATE_URL", "");
        if (!url.isEmpty()) {
            return new PlatformCheckpointStore(Settings.url("DISPATCH_STATE_URL", url), token, http);
        }
        String folder = environment.getOrDefault("DISPATCH_STATE_DIR", "");
        if (!folder.isEmpty()) {
            return new FileCheckpointStore(Path.of(folder));
        }
        LOG.warn("progress is forgotten at the end: neither DISPATCH_STATE_URL nor DISPATCH_STATE_DIR is set");
        return new MemoryCheckpointStore();
    }
}
