package io.dispatch.drivermanager.runtime;

import io.dispatch.drivermanager.credential.Credentials;
import io.dispatch.workloads.Backoff;
import io.dispatch.workloads.Program;
import io.dispatch.workloads.Workload;
import io.dispatch.workloads.Workloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Runs drivers as child processes on this machine, from the jars that came with the installation. Safe for any thread, but each
 * driver belongs to one thread at a time.
 */
@Component
public class LocalRuntime implements DisposableBean {

    /** The SDK drains for at most 25 s. */
    private static final Duration DRAIN = Duration.ofSeconds(27);

    /** A deleted driver has no token any more that it could drain with. */
    private static final Duration DELETED = Duration.ofSeconds(5);

    private final DriverSettings settings;
    private final Credentials credentials;
    private final Clock clock;
    private final BundledDrivers bundled;
    private final WorkFolder folder;
    private final Workloads workloads;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<UUID, DriverProcess> processes = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};

    LocalRuntime(DriverSettings settings, Credentials credentials, Clock clock) throws IOException {
        this.settings = settings;
        this.credentials = credentials;
        this.clock = clock;
        this.bundled = new BundledDrivers(settings.folder());
        this.folder = WorkFolder.open(settings.workFolder());
        this.workloads = Workloads.open(folder.processes(), clock);
    }

    /** Whom to tell that a process started or ended; must be quick. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /**
     * Makes the driver run as told. Waits for a process that runs otherwise to end.
     *
     * @throws IOException when the disk refuses
     * @throws org.springframework.dao.DataAccessException when the driver cannot be given a token
     */
    public Observation apply(DriverSpec spec) throws IOException {
        @Nullable DriverProcess process = processes.get(spec.id());
        if (process != null && process.spec().equals(spec)) {
            return process.observe();
        }
        stop(spec.id(), DRAIN);
        return switch (bundled.find(spec.image())) {
            case BundledDrivers.Lookup.NotFound notFound -> new Observation.Failed(notFound.reason());
            case BundledDrivers.Lookup.Found found -> start(spec, found);
        };
    }

    /** Stops the driver's process for a while, such as for a secret that is not there; nothing happens if there is none. */
    public void stop(UUID driver) {
        stop(driver, DRAIN);
    }

    /**
     * Stops the driver's process for good and removes its files.
     *
     * @throws IOException when the disk refuses
     */
    public void remove(UUID driver) throws IOException {
        stop(driver, DELETED);
        folder.remove(driver);
    }

    /** The drivers that have a process. */
    public Set<UUID> drivers() {
        return Set.copyOf(processes.keySet());
    }

    /**
     * The end of a driver's log.
     *
     * @param count at most this many lines
     * @return oldest first, without the values of its secrets; empty when it has no process
     * @throws IOException when the log cannot be read
     */
    public List<String> lastLines(UUID driver, int count) throws IOException {
        @Nullable DriverProcess process = processes.get(driver);
        return process == null ? List.of() : process.lastLines(count);
    }

    /** Stops all processes at the same time. */
    @Override
    public void destroy() {
        workloads.close();
        http.close();
    }

    private void stop(UUID driver, Duration grace) {
        processes.remove(driver);
        workloads.remove(driver.toString(), grace);
    }

    private Observation start(DriverSpec spec, BundledDrivers.Lookup.Found found) throws IOException {
        Optional<String> token = credentials.issue(spec.id());
        if (token.isEmpty()) {
            return new Observation.Pending(); // deleted meanwhile
        }
        Path own = folder.create(spec.id());
        Path tokenFile = folder.writeToken(spec.id(), token.get());
        int port = freePort();
        Program program = new Program(
                spec.id().toString(),
                command(found, spec),
                environment(spec, tokenFile, port),
                own,
                own.resolve("log"),
                Backoff.DEFAULT);
        Workload workload = workloads.start(program, _ -> onChange.run());
        processes.put(spec.id(), new DriverProcess(spec, workload, port, http, clock));
        return new Observation.Pending();
    }

    private static List<String> command(BundledDrivers.Lookup.Found found, DriverSpec spec) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                "%1$s/*:%1$s/lib/*".formatted(found.folder()),
                found.mainClass()));
        command.addAll(spec.arguments());
        return command;
    }

    private Map<String, String> environment(DriverSpec spec, Path tokenFile, int managementPort) {
        Map<String, String> environment = new HashMap<>(spec.secrets());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("K_SINK", settings.gateway("/v1/event/ingest"));
        environment.put("DISPATCH_TOKEN_FILE", tokenFile.toString());
        environment.put("DISPATCH_STATE_URL", settings.gateway("/v1/event/drivers/%s/state".formatted(spec.name())));
        environment.put("DISPATCH_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("DISPATCH_DRIVER_ID", spec.id().toString());
        environment.put("DISPATCH_DRIVER_NAME", spec.name());
        environment.put("DISPATCH_DRIVER_TYPE", spec.type());
        environment.put("DISPATCH_ORGANIZATION", spec.organization());
        return environment;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
