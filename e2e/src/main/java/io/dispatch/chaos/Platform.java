package io.dispatch.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Dispatch as its script starts it, on a database of the checker's. For one thread. */
final class Platform implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<Replica, ServiceProcess> replicas = new LinkedHashMap<>();
    private final Path folder;
    private final int port;
    private final Process launcher;

    private Platform(Path folder, int port, Process launcher) {
        this.folder = folder;
        this.port = port;
        this.launcher = launcher;
    }

    /**
     * Starts it and returns when it is ready.
     *
     * @param root the checkout, built
     * @param folder for data and logs; made if it is not there
     */
    static Platform start(Path root, Path folder, Database database) throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("dispatch").toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--database-url",
                        database.url())
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Files.createDirectories(folder).resolve("output").toFile());
        builder.environment().put("PGPASSWORD", database.password());
        Process launcher = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(launcher::destroy));
        Platform platform = new Platform(folder, port, launcher);
        try {
            Wait.until("Dispatch is ready", PATIENCE, platform::hasSaidThatItIsReady);
            return platform;
        } catch (IllegalStateException | IOException | InterruptedException e) {
            platform.close();
            throw e;
        }
    }

    private boolean hasSaidThatItIsReady() throws IOException {
        String said = Files.readString(folder.resolve("output"));
        if (!launcher.isAlive()) {
            throw new IllegalStateException("./dispatch up ended; it said: " + said);
        }
        return said.contains("Dispatch is ready");
    }

    /** A port nobody listens on at this moment. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    InetSocketAddress gateway() {
        return address(port);
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Creates a resource that must not be refused. */
    void create(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("POST %s: %d %s".formatted(path, answer.statusCode(), answer.body()));
        }
    }

    /**
     * The service that the launcher keeps running, which may be on its way up.
     *
     * @throws IllegalStateException if there is none at this moment
     */
    ServiceProcess service(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " does not run"));
    }

    private Optional<ServiceProcess> find(String name) {
        return ServiceProcess.below(launcher.toHandle(), name);
    }

    /** Kills a service and waits until the launcher has started it again and it is ready. */
    void kill(String name) throws IOException, InterruptedException {
        ServiceProcess killed = service(name);
        killed.kill();
        Wait.until(name + " is back", PATIENCE, () -> {
            Optional<ServiceProcess> found = find(name);
            return found.isPresent()
                    && found.get().process().pid() != killed.process().pid()
                    && found.get().isReady(client);
        });
    }

    /** Waits until these of the launcher's, and all replicas, can do their work. */
    void awaitReady(List<String> services) throws IOException, InterruptedException {
        for (String name : services) {
            Wait.until(name + " is ready", PATIENCE, () -> {
                Optional<ServiceProcess> found = find(name);
                return found.isPresent() && found.get().isReady(client);
            });
        }
        for (Replica replica : replicas.keySet()) {
            awaitReady(replica);
        }
    }

    /**
     * Starts a second one of a service and waits until it is ready.
     *
     * @param other settings, as environment, in which it differs from the first beside its port
     */
    Replica startReplica(String name, Map<String, String> other) throws IOException, InterruptedException {
        Replica replica =
                new Replica(name, freePort(), Files.createTempDirectory(folder, name + "-replica-"), Map.copyOf(other));
        start(replica);
        return replica;
    }

    private void start(Replica replica) throws IOException, InterruptedException {
        ServiceProcess first = service(replica.name());
        replicas.put(replica, first.startReplica(replica.port(), replica.folder(), replica.other()));
        awaitReady(replica);
    }

    private void awaitReady(Replica replica) throws IOException, InterruptedException {
        ServiceProcess process = process(replica);
        Wait.until("a second %s is ready".formatted(replica.name()), PATIENCE, () -> {
            if (!process.process().isAlive()) {
                throw new IllegalStateException(
                        "a second %s ended at its start, see %s".formatted(replica.name(), replica.folder()));
            }
            return process.isReady(client);
        });
    }

    /** Of a replica that has not ended. */
    ServiceProcess process(Replica replica) {
        return Objects.requireNonNull(replicas.get(replica), "has ended");
    }

    /** Kills a replica and starts it again where it was; returns when it is ready. */
    void kill(Replica replica) throws IOException, InterruptedException {
        process(replica).kill();
        start(replica);
    }

    /** Kills a replica for good. */
    void end(Replica replica) {
        process(replica).kill();
        replicas.remove(replica);
    }

    /** Ctrl-C, and everything ends. */
    @Override
    public void close() {
        replicas.values().forEach(replica -> replica.process().destroyForcibly());
        launcher.destroy();
        try {
            if (!launcher.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("./dispatch up does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
