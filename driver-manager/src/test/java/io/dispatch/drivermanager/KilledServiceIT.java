package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.testing.TestCaller;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, which can be killed. */
class KilledServiceIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private String database;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Process service;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api acme;

    @BeforeEach
    void start() throws IOException {
        database = TestDatabase.create();
        TestCaller.publishKey(database);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        acme = Api.of(port, "acme");
        service = started();
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.destroyForcibly().waitFor();
    }

    @Test
    void aKilledServiceLeavesNothingRunningAndItsNextStartBringsEverythingBack() throws Exception {
        acme.post("/v1/secret", "{\"name\":\"creds\",\"secrets\":{\"k\":\"s3cret-value\"}}");
        acme.post("/v1/event/drivertypes", "{\"name\":\"cron\",\"image\":\"cron\"}");
        acme.post("/v1/event/drivers", "{\"name\":\"clock\",\"type\":\"cron\",\"secrets\":[\"creds\"]}");
        awaitReady();
        ProcessHandle driver = service.children().findFirst().orElseThrow();

        service.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> !driver.isAlive());
        service = started();
        awaitReady();
        assertThat(service.children()).hasSize(1);
        assertThat(acme.get("/v1/secret/creds").json().at("/secrets/k").asString())
                .isEqualTo("s3cret-value");
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain("s3cret-value");
    }

    @Test
    void anOrderlyEndStopsTheDriversToo() throws Exception {
        acme.post("/v1/event/drivertypes", "{\"name\":\"cron\",\"image\":\"cron\"}");
        acme.post("/v1/event/drivers", "{\"name\":\"clock\",\"type\":\"cron\"}");
        awaitReady();
        ProcessHandle driver = service.children().findFirst().orElseThrow();

        service.destroy();

        assertThat(service.waitFor(SOON)).isTrue();
        assertThat(service.exitValue()).isEqualTo(143);
        assertThat(driver.isAlive()).isFalse();
    }

    private Process started() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DriverManager.class.getName()));
        DriverManagerTest.Settings.properties(database, folder).forEach(property -> command.add("--" + property));
        command.add("--server.port=" + port);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        await().atMost(SOON).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("log")))
                    .isTrue();
            return isReady();
        });
        return process;
    }

    private boolean isReady() {
        try {
            return acme.get("/readyz").status() == 200;
        } catch (AssertionError e) {
            return false; // not listening yet
        }
    }

    private void awaitReady() {
        await().atMost(SOON)
                .until(() -> acme.get("/v1/event/drivers/clock").field("status").equals("READY"));
    }
}
