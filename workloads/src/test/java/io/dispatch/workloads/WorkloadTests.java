package io.dispatch.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTests {

    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
    private static final Backoff NEVER_AGAIN = new Backoff(Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Workloads workloads;

    private final List<WorkloadState> states = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        workloads = Workloads.open(folder.resolve("state"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        workloads.close();
    }

    @Test
    void aProgramSeesItsOwnEnvironmentAndNothingOfTheOwners() {
        Workload workload = start("env; sleep 300", Map.of("GREETING", "hello world"), QUICK);

        await().untilAsserted(() -> assertThat(workload.lastLines(100))
                .contains(
                        "GREETING=hello world",
                        "DISPATCH_PARENT_PID=" + ProcessHandle.current().pid())
                .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA_HOME=")));
    }

    @Test
    void aKilledProgramIsStartedAgain() {
        Workload workload = start("sleep 300", Map.of(), QUICK);
        long first = runningPid(workload);

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().untilAsserted(() -> assertThat(runningPid(workload)).isNotEqualTo(first));
        assertThat(states)
                .filteredOn(WorkloadState.BackingOff.class::isInstance)
                .first()
                .satisfies(state -> assertThat(
                                ((WorkloadState.BackingOff) state).exit().code())
                        .isEqualTo(128 + 9));
    }

    @Test
    void aProgramThatEndsIsShownWithItsExitCodeItsLastLineAndTheNextStart() {
        Instant before = Instant.now();

        Workload workload = start("echo starting; echo 'cron: no such field' >&2; exit 78", Map.of(), NEVER_AGAIN);

        await().until(() -> workload.state() instanceof WorkloadState.BackingOff);
        WorkloadState.BackingOff state = (WorkloadState.BackingOff) workload.state();
        assertThat(state.exit().code()).isEqualTo(78);
        assertThat(state.exit().lastLine()).isEqualTo("cron: no such field");
        assertThat(state.failures()).isEqualTo(1);
        assertThat(state.until()).isAfter(before.plus(Duration.ofMinutes(59)));
    }

    @Test
    void failuresInARowAreCounted() {
        Workload workload = start("exit 1", Map.of(), QUICK);

        await().until(() -> workload.state() instanceof WorkloadState.BackingOff state && state.failures() >= 3);
    }

    @Test
    void aProgramThatIsNotThereSaysSo() {
        Workload workload = workloads.start(
                new Program(
                        "missing", List.of("/no/such/program"), Map.of(), folder, folder.resolve("log"), NEVER_AGAIN),
                _ -> {});

        await().until(() -> workload.state() instanceof WorkloadState.BackingOff);
        Exit exit = ((WorkloadState.BackingOff) workload.state()).exit();
        assertThat(exit.code()).isEqualTo(Exit.CANNOT_START);
        assertThat(exit.lastLine()).contains("/no/such/program", "No such file");
    }

    @Test
    void aWorkingFolderThatIsNotThereIsToldLikeAProgramThatCannotStart() {
        Workload workload = workloads.start(
                new Program(
                        "homeless",
                        List.of("/bin/true"),
                        Map.of(),
                        folder.resolve("missing"),
                        folder.resolve("log"),
                        NEVER_AGAIN),
                _ -> {});

        await().until(() -> workload.state() instanceof WorkloadState.BackingOff state
                && state.exit().code() == Exit.CANNOT_START);
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() {
        Workload workload = workloads.start(
                new Program(
                        "arguments",
                        List.of("/usr/bin/printf", "%s\\n", "--cron=0 * * * ?", "$HOME; `id`", "-x"),
                        Map.of(),
                        folder,
                        folder.resolve("log"),
                        NEVER_AGAIN),
                _ -> {});

        await().untilAsserted(() ->
                assertThat(workload.lastLines(9)).containsExactly("--cron=0 * * * ?", "$HOME; `id`", "-x"));
    }

    @Test
    void aStopLetsTheProgramEndInOrder() {
        Workload workload =
                start("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done", Map.of(), QUICK);
        await().untilAsserted(() -> assertThat(workload.lastLines(1)).containsExactly("up"));

        workload.stop(Duration.ofSeconds(10));

        assertThat(workload.state())
                .isInstanceOfSatisfying(
                        WorkloadState.Stopped.class,
                        state -> assertThat(state.exit())
                                .isNotNull()
                                .extracting(Exit::code, Exit::lastLine)
                                .containsExactly(0, "bye"));
    }

    @Test
    void aStopKillsWhatDoesNotListenAndAllItStarted() throws IOException {
        // The inner one has lost its parent and has a session of its own.
        Workload workload = start(
                "trap '' TERM; (setsid sh -c 'trap \"\" TERM; echo $$ > inner; while :; do sleep 0.05; done' &);"
                        + " while :; do sleep 0.05; done",
                Map.of(),
                QUICK);
        await().until(() -> Files.exists(folder.resolve("inner"))
                && !Files.readString(folder.resolve("inner")).isBlank());
        ProcessHandle inner = ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("inner")).strip()))
                .orElseThrow();

        workload.stop(Duration.ofMillis(100));

        assertThat(ProcessTree.isRunning(inner)).isFalse();
        assertThat(workload.state()).isInstanceOf(WorkloadState.Stopped.class);
    }

    @Test
    void whatAProgramLeftBehindIsGoneBeforeItIsStartedAgain() throws IOException {
        Workload workload = start("sleep 300 & echo $! > left; exit 1", Map.of(), NEVER_AGAIN);

        await().until(() -> workload.state() instanceof WorkloadState.BackingOff);
        long left = Long.parseLong(Files.readString(folder.resolve("left")).strip());
        assertThat(ProcessHandle.of(left).filter(ProcessTree::isRunning)).isEmpty();
    }

    @Test
    void aStopEndsTheWaitForTheNextStart() {
        Workload workload = start("exit 3", Map.of(), NEVER_AGAIN);
        await().until(() -> workload.state() instanceof WorkloadState.BackingOff);

        workload.stop(Duration.ofSeconds(10));

        assertThat(workload.state()).isInstanceOf(WorkloadState.Stopped.class);
    }

    @Test
    void anInterruptedStopKillsAtOnceAndKeepsTheInterrupt() {
        Workload workload = start("trap '' TERM; while :; do sleep 0.05; done", Map.of(), QUICK);
        ProcessHandle process = ProcessHandle.of(runningPid(workload)).orElseThrow();

        Thread.currentThread().interrupt();
        workload.stop(Duration.ofHours(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ProcessTree.isRunning(process)).isFalse();
    }

    @Test
    void statesAreToldInOrder() {
        Workload workload = start("sleep 300", Map.of(), QUICK);
        runningPid(workload);

        workloads.remove("test", Duration.ofSeconds(10));

        assertThat(states).hasExactlyElementsOfTypes(WorkloadState.Running.class, WorkloadState.Stopped.class);
        assertThat(workloads.find("test")).isNull();
    }

    @Test
    void aNameIsTakenOnce() {
        start("sleep 300", Map.of(), QUICK);

        assertThatIllegalStateException().isThrownBy(() -> start("sleep 300", Map.of(), QUICK));
    }

    @Test
    void aStateFolderHasOneOwner() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Workloads.open(folder.resolve("state"), Clock.systemUTC()))
                .withMessageContaining("in use by another");
    }

    private Workload start(String script, Map<String, String> environment, Backoff backoff) {
        return workloads.start(
                new Program(
                        "test", List.of("/bin/sh", "-c", script), environment, folder, folder.resolve("log"), backoff),
                workload -> states.add(workload.state()));
    }

    private static long runningPid(Workload workload) {
        await().until(() -> workload.state() instanceof WorkloadState.Running);
        return workload.state() instanceof WorkloadState.Running running ? running.pid() : -1;
    }
}
