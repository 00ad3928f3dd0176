package io.dispatch.driver.cron;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.driver.RecordingPlatform;
import io.dispatch.driver.RecordingPlatform.Received;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged driver as a process of its own, as driver-manager starts it, against a sink that writes everything down. */
final class CronDriverIT {

    private static final Path DIST = Path.of("../target/cron").toAbsolutePath().normalize();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RecordingPlatform platform;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    CronDriverIT() throws IOException {
        platform = new RecordingPlatform();
        platform.requireToken("dt_1");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("K_SINK", platform.sink());
        environment.put("DISPATCH_STATE_URL", platform.state());
        environment.put("DISPATCH_ORGANIZATION", "acme");
        environment.put("DISPATCH_DRIVER_NAME", "every-second");
        environment.put("DISPATCH_DRIVER_ID", "5f2c7a52-1d2f-4df5-9f3f-2f4b8d0e6a11");
    }

    @AfterEach
    void close() {
        started.forEach(Process::destroyForcibly);
        platform.close();
    }

    @Test
    void a_fire_is_an_event_with_its_facts_and_the_end_is_orderly() throws Exception {
        Process driver = start("--cron=* * * * * *", "--data={\"room\":\"žlutý\"}");
        await().until(() -> acknowledged().size() >= 2);

        driver.destroy();

        assertThat(driver.waitFor(10, SECONDS)).isTrue();
        assertThat(driver.exitValue()).isZero();
        Received event = acknowledged().getFirst();
        assertThat(event.headers())
                .containsEntry("ce-type", "cron.trigger")
                .containsEntry("ce-source", "/dispatch/drivers/acme/every-second")
                .containsEntry("content-type", "application/json")
                .containsEntry("authorization", "Bearer dt_1");
        JsonNode data = JSON.readTree(event.body());
        assertThat(data.at("/scheduledTime").asString()).isEqualTo(event.header("ce-time"));
        assertThat(data.at("/schedule").asString()).isEqualTo("* * * * * *");
        assertThat(data.at("/sequence").asInt()).isEqualTo(1);
        assertThat(data.at("/payload/room").asString()).isEqualTo("žlutý");
    }

    @Test
    void a_killed_driver_catches_up_without_a_gap() throws Exception {
        Process first = start("--cron=* * * * * *", "--misfire=catch-up");
        await().until(() -> acknowledged().size() >= 2);
        first.destroyForcibly().waitFor();
        Instant killed = Instant.now();
        await().until(() -> Instant.now().isAfter(killed.plusSeconds(3)));
        start("--cron=* * * * * *", "--misfire=catch-up");

        await().until(() -> fires().getLast().isAfter(killed.plusSeconds(5)));

        List<Instant> fires = fires();
        for (int i = 1; i < fires.size(); i++) {
            assertThat(fires.get(i)).isEqualTo(fires.get(i - 1).plusSeconds(1));
        }
        Map<String, Set<String>> idsOfAnInstant = new HashMap<>();
        acknowledged()
                .forEach(event -> idsOfAnInstant
                        .computeIfAbsent(event.header("ce-time"), time -> new HashSet<>())
                        .add(event.header("ce-id")));
        assertThat(idsOfAnInstant.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    }

    @Test
    void events_wait_for_a_sink_that_is_down_and_a_refused_one_is_kept_aside() throws Exception {
        platform.answerNext(422);
        platform.answer(503);
        start("--cron=* * * * * *");
        await().until(() -> received(503) >= 3);

        platform.answer(202);

        await().until(() -> acknowledged().size() >= 3);
        Received refused = platform.received().stream()
                .filter(event -> event.answered() == 422)
                .findFirst()
                .orElseThrow();
        assertThat(platform.acknowledgedIds()).doesNotContain(refused.header("ce-id"));
        assertThat(platform.document("dead-letters")).contains(refused.header("ce-id"), "as the test said");
        Instant afterRefused = Instant.parse(refused.header("ce-time")).plusSeconds(1);
        assertThat(fires()).startsWith(afterRefused, afterRefused.plusSeconds(1));
    }

    @Test
    void a_driver_whose_parent_is_gone_ends() throws Exception {
        Process parent = new ProcessBuilder("sleep", "60").start();
        started.add(parent);
        environment.put("DISPATCH_PARENT_PID", Long.toString(parent.pid()));
        Process driver = start("--cron=* * * * * *");
        await().until(() -> acknowledged().size() >= 1);

        parent.destroyForcibly();

        assertThat(driver.waitFor(10, SECONDS)).isTrue();
    }

    @Test
    void a_wrong_expression_is_exit_78_with_one_line() throws Exception {
        Process driver = start("--cron=0 0 25 * * *");

        assertThat(driver.waitFor(10, SECONDS)).isTrue();
        assertThat(driver.exitValue()).isEqualTo(78);
        assertThat(Files.readAllLines(folder.resolve("err")))
                .containsExactly("--cron \"0 0 25 * * *\" cannot be read: hour is 0–23, not \"25\"");
    }

    private Process start(String... arguments) throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "dt_1\n");
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(DIST.resolve("driver.properties"), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                DIST + "/*" + File.pathSeparator + DIST + "/lib/*",
                properties.getProperty("main-class")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("DISPATCH_TOKEN_FILE", token.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private List<Received> acknowledged() {
        return platform.received().stream()
                .filter(event -> event.answered() == 202)
                .toList();
    }

    private long received(int status) {
        return platform.received().stream()
                .filter(event -> event.answered() == status)
                .count();
    }

    /** The scheduled instants of the acknowledged events, each once, in order. */
    private List<Instant> fires() {
        return acknowledged().stream()
                .map(event -> Instant.parse(event.header("ce-time")))
                .distinct()
                .sorted()
                .toList();
    }
}
