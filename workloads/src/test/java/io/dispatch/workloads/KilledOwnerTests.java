package io.dispatch.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What becomes of the children when their owner is killed. */
class KilledOwnerTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aChildDiesWithItsOwnerAndTheNextOwnerEndsWhatTheChildHadStarted() throws Exception {
        Process owner = java(Map.of(), OwnerProgram.class, folder.toString());
        ProcessHandle child = pidIn("child");
        ProcessHandle grandchild = pidIn("grandchild");

        owner.destroyForcibly().waitFor();

        await().until(() -> !ProcessTree.isRunning(child));
        try (Workloads _ = Workloads.open(folder.resolve("state"), Clock.systemUTC())) {
            assertThat(ProcessTree.isRunning(grandchild)).isFalse();
        }
    }

    @Test
    void theNextOwnerStopsTheProcessThatWasWrittenDown() throws Exception {
        Process left = sleeping();
        Files.createDirectories(folder.resolve("state"));
        new ProcessRecords(folder.resolve("state")).write("left", left.toHandle());

        try (Workloads _ = Workloads.open(folder.resolve("state"), Clock.systemUTC())) {
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(new ProcessRecords(folder.resolve("state")).names()).isEmpty();
    }

    @Test
    void theNextOwnerLeavesAStrangerWithARecycledIdAlone() throws Exception {
        Process stranger = sleeping();
        Instant another = stranger.info().startInstant().orElseThrow().minusSeconds(3);
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state").resolve("left.process"), stranger.pid() + " " + another);

        try (Workloads _ = Workloads.open(folder.resolve("state"), Clock.systemUTC())) {
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aRecordThatIsNoRecordHarmsNobody() throws Exception {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state").resolve("left.process"), "nonsense");

        try (Workloads workloads = Workloads.open(folder.resolve("state"), Clock.systemUTC())) {
            assertThat(workloads.names()).isEmpty();
        }
    }

    @Test
    void aChildWithALifelineEndsWhenTheProcessItHangsOnEnds() throws Exception {
        Process owner = sleeping();
        Process child = java(Map.of(Lifeline.PARENT_PID, Long.toString(owner.pid())), LifelineProgram.class);
        assertThat(child.inputReader().readLine()).isEqualTo("attached");

        owner.destroyForcibly();

        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(1);
    }

    @Test
    void aChildWithALifelineEndsWhenThatProcessWasGoneBeforeItLooked() throws Exception {
        Process owner = sleeping();
        owner.destroyForcibly().waitFor();

        Process child = java(Map.of(Lifeline.PARENT_PID, Long.toString(owner.pid())), LifelineProgram.class);

        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(1);
        assertThat(child.inputReader().readLine()).isNull();
    }

    /** Attached to the owner it is told; lives until it is killed. */
    static final class LifelineProgram {
        public static void main(String[] args) throws InterruptedException {
            Lifeline.attach();
            System.out.println("attached");
            Thread.currentThread().join();
        }
    }

    /** An owner whose only child has started a process in a session of its own. */
    static final class OwnerProgram {
        public static void main(String[] args) throws IOException, InterruptedException {
            Path folder = Path.of(args[0]);
            Workloads workloads = Workloads.open(folder.resolve("state"), Clock.systemUTC());
            String script = "(setsid sh -c 'echo $$ > grandchild; exec sleep 300' &); echo $$ > child; exec sleep 300";
            workloads.start(
                    new Program(
                            "child",
                            List.of("/bin/sh", "-c", script),
                            Map.of(),
                            folder,
                            folder.resolve("log"),
                            Backoff.DEFAULT),
                    _ -> {});
            Thread.currentThread().join();
        }
    }

    private static Process sleeping() throws IOException {
        return new ProcessBuilder("/bin/sleep", "300").start();
    }

    private ProcessHandle pidIn(String file) {
        Path path = folder.resolve(file);
        await().until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(path).strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Process java(Map<String, String> environment, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, location(Workloads.class), location(main), location(Logger.class)),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
