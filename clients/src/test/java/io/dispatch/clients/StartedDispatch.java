package io.dispatch.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Dispatch, started by its script in a folder of the build, on a port of its own. */
final class StartedDispatch implements AutoCloseable {

    /** The checkout: Maven runs this module's tests in the module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final long LONGEST_STOP_SECONDS = 60;

    private final String url;
    private final Path output;
    private final Process launcher;

    private StartedDispatch(String url, Path output, Process launcher) {
        this.url = url;
        this.output = output;
        this.launcher = launcher;
    }

    /** Waits until it says that it is ready. */
    static StartedDispatch start() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "dispatch-")
                .toAbsolutePath();
        int port = freePort();
        Path output = folder.resolve("output");
        Process launcher = new ProcessBuilder(
                        ROOT.resolve("dispatch").toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        folder.resolve("data").toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        StartedDispatch dispatch = new StartedDispatch("http://localhost:" + port, output, launcher);
        await("the line that says it is ready").atMost(LONGEST_START).until(dispatch::saysReady);
        return dispatch;
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        launcher.destroy();
        try {
            assertThat(launcher.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS))
                    .as("./dispatch up ends")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean saysReady() {
        String said = said();
        assertThat(launcher.isAlive())
                .as("./dispatch up ended; it said: %s", said)
                .isTrue();
        return said.contains("Dispatch is ready: " + url);
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
