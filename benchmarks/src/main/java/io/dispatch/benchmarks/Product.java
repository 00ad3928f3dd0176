package io.dispatch.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dispatch, started by its own script in a folder of its own. */
final class Product implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private static final Set<Integer> BUSY = Set.of(429, 503);
    private static final Duration WHEN_BUSY = Duration.ofMillis(500);
    private static final int MOST_TIMES_BUSY = 20;

    private final Path root;
    private final Path folder;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Process launcher;
    private double secondsToReady;

    private Product(Path root, Path folder, int port, Process launcher) {
        this.root = root;
        this.folder = folder;
        this.port = port;
        this.launcher = launcher;
    }

    /**
     * Starts it and waits until it says that it is ready.
     *
     * @param root the checkout
     * @param folder empty; holds data and output
     */
    static Product start(Path root, Path folder, int port) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Product product = new Product(root, folder, port, launch(root, folder, port));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> product.launcher.destroy(), "stop"));
        product.awaitReady(start);
        return product;
    }

    void startAgain() throws IOException, InterruptedException {
        long start = System.nanoTime();
        launcher = launch(root, folder, port);
        awaitReady(start);
    }

    double secondsToReady() {
        return secondsToReady;
    }

    Processes processes() {
        return new Processes(launcher.toHandle());
    }

    /** Creates a resource and tells how it is; it must not be refused. */
    JsonNode create(String path, String json) throws IOException, InterruptedException {
        return send(path, "POST", json, 201);
    }

    /** Replaces a resource. */
    void replace(String path, String json) throws IOException, InterruptedException {
        var _ = send(path, "PUT", json, 200);
    }

    /** Reads a resource that is there. */
    JsonNode read(String path) throws IOException, InterruptedException {
        return send(path, "GET", "", 200);
    }

    /** Deletes a resource that is there. */
    void delete(String path) throws IOException, InterruptedException {
        var _ = send(path, "DELETE", "", 200);
    }

    /** Comes back for a while when it is asked to. */
    private JsonNode send(String path, String method, String json, int expected)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        for (int again = 0; again < MOST_TIMES_BUSY && BUSY.contains(answer.statusCode()); again++) {
            Thread.sleep(WHEN_BUSY);
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() != expected) {
            throw new IllegalStateException("%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Stops it as Ctrl-C does; it can be started again. */
    void stop() throws InterruptedException {
        launcher.destroy();
        if (!launcher.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("./dispatch up does not end");
        }
    }

    @Override
    public void close() {
        client.close();
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process launch(Path root, Path folder, int port) throws IOException {
        return new ProcessBuilder(
                        root.resolve("dispatch").toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        folder.resolve("data").toString())
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private void awaitReady(long start) throws InterruptedException {
        await(LONGEST_START, "Dispatch", () -> {
            if (!launcher.isAlive()) {
                throw new IllegalStateException("./dispatch up ended; it said: " + said());
            }
            return said().contains("Dispatch is ready");
        });
        secondsToReady = (System.nanoTime() - start) / 1e9;
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(Duration longest, String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%s: not there after %d s".formatted(what, longest.toSeconds()));
            }
            Thread.sleep(20);
        }
    }
}
