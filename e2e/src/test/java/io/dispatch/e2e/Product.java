package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dispatch, started by its script in a folder of the build; one instance of it, on a port of its own. */
public final class Product implements AutoCloseable {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration START = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path dataFolder;
    private final Path output;
    private final int port;
    private final List<String> options;
    private Process launcher;

    private Product(Path dataFolder, int port, List<String> options) throws IOException {
        this.dataFolder = dataFolder;
        this.port = port;
        this.options = options;
        this.output = Files.createDirectories(dataFolder.getParent()).resolve(dataFolder.getFileName() + ".out");
        this.launcher = launch();
    }

    /** Starts a product that has nothing yet and waits until it says that it is ready. */
    public static Product start(String name, String... options) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "products")), name + "-");
            Product product = new Product(folder.toAbsolutePath().resolve("data"), freePort(), List.of(options));
            product.awaitReady();
            return product;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("dispatch").toString(),
                "up",
                "--port",
                Integer.toString(port),
                "--data-dir",
                dataFolder.toString()));
        command.addAll(options);
        return new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void awaitReady() {
        await("the line that says it is ready").atMost(START).until(() -> {
            assertThat(launcher.isAlive())
                    .as("./dispatch up ended; it said: %s", said())
                    .isTrue();
            return said().contains("Dispatch is ready: http://localhost:" + port);
        });
    }

    /** Starts it again in the same folder after it has ended. */
    void startAgain() throws IOException {
        launcher = launch();
        awaitReady();
    }

    /** What {@code ./dispatch up} has printed since its last start. */
    String said() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    String port() {
        return Integer.toString(port);
    }

    public Path dataFolder() {
        return dataFolder;
    }

    ProcessHandle launcherProcess() {
        return launcher.toHandle();
    }

    /** The one running process below the launcher whose command line names this. */
    Optional<ProcessHandle> process(String named) {
        return processes()
                .filter(process -> commandLine(process).contains(named))
                .findFirst();
    }

    /** The launcher and everything it has started. */
    public Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants());
    }

    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** kill -9. */
    void kill(String named) {
        ProcessHandle process = process(named).orElseThrow(() -> new AssertionError("no process named " + named));
        assertThat(process.destroyForcibly()).isTrue();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Creates a resource that must not be refused. */
    JsonNode create(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    /** What a GET answers, which must be a success. */
    JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Ctrl-C, and everything must be gone. */
    @Override
    public void close() {
        List<ProcessHandle> all = processes().toList();
        launcher.destroy();
        await("everything to end")
                .atMost(Duration.ofSeconds(60))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
}
