package io.dispatch.chaos;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A running service, known by what Linux tells of its process.
 *
 * @param name of its module
 * @param process its process
 * @param port where it listens on loopback
 */
record ServiceProcess(String name, ProcessHandle process, int port) {

    private static final String PORT = "SERVER_PORT";
    /** By it the launcher knows what belongs to a service and ends with it. */
    private static final String MARKER = "DISPATCH_WORKLOAD";

    /** The service of this name below a process, if it runs. */
    static Optional<ServiceProcess> below(ProcessHandle parent, String name) {
        return parent.descendants()
                .filter(process ->
                        proc(process, "cmdline").stream().anyMatch(word -> word.endsWith("/" + name + "-app.jar")))
                .flatMap(process -> Optional.ofNullable(environment(process).get(PORT)).stream()
                        .map(port -> new ServiceProcess(name, process, Integer.parseInt(port))))
                .findFirst();
    }

    /**
     * Starts another one with the same command and environment, on a port and in a folder of its own.
     *
     * @param folder for its files and its log; of its own
     * @param other settings, as environment, that it has in place of this one's
     */
    ServiceProcess startReplica(int otherPort, Path folder, Map<String, String> other) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(proc(process, "cmdline"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(process));
        builder.environment().remove(MARKER);
        builder.environment().putAll(other);
        builder.environment().put(PORT, Integer.toString(otherPort));
        builder.environment().put("SERVER_TOMCAT_BASEDIR", folder.toString());
        builder.environment()
                .put(
                        "DISPATCH_FUNCTIONS_WORK_FOLDER",
                        folder.resolve("functions").toString());
        return new ServiceProcess(name, builder.start().toHandle(), otherPort);
    }

    /** SIGKILL. */
    void kill() {
        if (!process.destroyForcibly()) {
            throw new IllegalStateException("%s (%d) cannot be killed".formatted(name, process.pid()));
        }
    }

    /** Sends a signal that Java has no method for, such as STOP. */
    void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("%s (%d) got no SIG%s".formatted(name, process.pid(), signal));
        }
    }

    /** Whether it says that it can do its work. */
    boolean isReady(HttpClient client) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/readyz".formatted(port)))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return process.isAlive()
                    && client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, String> environment(ProcessHandle process) {
        return proc(process, "environ").stream()
                .map(entry -> entry.split("=", 2))
                .filter(entry -> entry.length == 2)
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (first, _) -> first));
    }

    /** See proc(5): texts that each end with a zero; none for a process that has ended. */
    private static List<String> proc(ProcessHandle process, String file) {
        try {
            String text = Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
            return Arrays.stream(text.split("\0", -1))
                    .filter(part -> !part.isEmpty())
                    .toList();
        } catch (IOException ended) {
            return List.of();
        }
    }
}
