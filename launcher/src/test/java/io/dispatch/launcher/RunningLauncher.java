package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.postgresql.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** {@code dispatch up} as a process, with stand-ins for the services. */
final class RunningLauncher implements AutoCloseable {

    private static final Path ROOT = Path.of("target", "stand-ins").toAbsolutePath();

    private final Process process;
    private final Path output;
    private final int port;
    private final Path data;

    private RunningLauncher(Process process, Path output, int port, Path data) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.data = data;
    }

    static RunningLauncher start(Path data, String... options) throws IOException {
        return start(data, FreePort.pick(ThreadLocalRandom.current()), options);
    }

    static RunningLauncher start(Path data, int port, String... options) throws IOException {
        StandIn.install(ROOT);
        List<String> command = new ArrayList<>(List.of(
                Jvm.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Dispatch.class.getName(),
                "up",
                "--port",
                Integer.toString(port),
                "--data-dir",
                data.toString()));
        command.addAll(List.of(options));
        Path output = Files.createTempFile(Path.of("target"), "launcher-", ".out");
        ProcessBuilder launcher =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        launcher.environment().put(Installation.ROOT_VARIABLE, ROOT.toString());
        return new RunningLauncher(launcher.start(), output, port, data);
    }

    RunningLauncher awaitReady() {
        await("the line that says it is ready").atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(process.isAlive()).as(said()).isTrue();
            return said().contains("Dispatch is ready: http://localhost:" + port);
        });
        return this;
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
        return process.exitValue();
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The launcher's children of which a part of the command line is this, and what they started. */
    List<ProcessHandle> children(String commandLine) {
        return process.descendants()
                .filter(child -> commandLine(child).contains(commandLine))
                .toList();
    }

    /** The one that was started with this data folder. */
    ProcessHandle postmaster() throws IOException {
        Path pidFile = data.resolve("postgresql").resolve("data").resolve("postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                .orElseThrow();
    }

    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** Gone, or only waiting for its parent to take note. */
    static boolean hasEnded(ProcessHandle process) {
        try {
            return !process.isAlive()
                    || Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                            .contains(") Z ");
        } catch (IOException e) {
            return true;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        await("everything to end")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !process.isAlive() && all.stream().allMatch(RunningLauncher::hasEnded));
    }
}
