package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.postgresql.EmbeddedPostgresql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dispatch up} from the outside. */
class UpIT {

    private static final List<String> MODULES =
            List.of("event-manager", "function-invoker", "driver-manager", "api-gateway", "postgres");

    @TempDir
    Path folder;

    @Test
    void startsEverythingAndLeavesNothingWhenStopped() throws Exception {
        RunningLauncher dispatch = RunningLauncher.start(data()).awaitReady();
        List<ProcessHandle> all = Stream.concat(
                        dispatch.children("-app.jar").stream(), Stream.of(dispatch.postmaster()))
                .toList();
        assertThat(all).hasSize(5);
        assertThat(all.stream().map(RunningLauncher::commandLine))
                .allSatisfy(commandLine -> assertThat(MODULES.stream().filter(commandLine::contains))
                        .hasSize(1))
                .noneMatch(commandLine -> commandLine.contains("PASSWORD"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");

        dispatch.terminate();

        assertThat(dispatch.awaitExit()).isEqualTo(143);
        assertThat(all).allMatch(RunningLauncher::hasEnded);
        assertThat(dispatch.said()).endsWith("Dispatch is stopped.\n");
    }

    @Test
    void twoRunSideBySideButNotOnTheSameFolder() throws Exception {
        try (RunningLauncher one = RunningLauncher.start(folder.resolve("one"));
                RunningLauncher two = RunningLauncher.start(folder.resolve("two"))) {
            one.awaitReady();
            two.awaitReady();
            assertThat(one.children("-app.jar")).hasSize(4);
            assertThat(two.children("-app.jar")).hasSize(4);

            try (RunningLauncher three = RunningLauncher.start(folder.resolve("one"))) {
                assertThat(three.awaitExit()).isEqualTo(1);
                assertThat(three.said())
                        .isEqualTo(
                                "Another Dispatch already runs on %s: stop it, or choose another folder with --data-dir.%n",
                                folder.resolve("one"));
            }
            assertThat(one.children("-app.jar")).hasSize(4);
        }
    }

    @Test
    void findsItsDataAgainAfterKillNineOfTheLauncher() throws Exception {
        RunningLauncher killed = RunningLauncher.start(data()).awaitReady();
        keep(42);
        List<ProcessHandle> all = Stream.concat(killed.children("-app.jar").stream(), Stream.of(killed.postmaster()))
                .toList();

        killed.kill();

        try (RunningLauncher next = RunningLauncher.start(data(), killed.port()).awaitReady()) {
            assertThat(kept()).isEqualTo(42);
            assertThat(all).allMatch(RunningLauncher::hasEnded);
            assertThat(next.children("-app.jar")).hasSize(4);
        }
    }

    @Test
    void whatIsKilledComesBackByItself() throws Exception {
        try (RunningLauncher dispatch = RunningLauncher.start(data()).awaitReady()) {
            keep(42);
            ProcessHandle postmaster = dispatch.postmaster();
            ProcessHandle gateway = dispatch.children("api-gateway").getFirst();

            postmaster.destroyForcibly();
            gateway.destroyForcibly();

            await("both to be back")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> {
                        assertThat(dispatch.children("api-gateway"))
                                .doesNotContain(gateway)
                                .hasSize(1);
                        return kept() == 42;
                    });
            assertThat(dispatch.said())
                    .contains("PostgreSQL ended and is started again.")
                    .contains("api-gateway ended (exit code 137) and is started again.");
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningLauncher dispatch = RunningLauncher.start(data(), busy.getLocalPort())) {
            assertThat(dispatch.awaitExit()).isEqualTo(1);
            assertThat(dispatch.said())
                    .isEqualTo(
                            "Port %d is in use by another program: stop it, or choose another with --port.%n",
                            busy.getLocalPort());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        try (RunningLauncher dispatch = RunningLauncher.start(file.resolve("data"))) {
            assertThat(dispatch.awaitExit()).isEqualTo(1);
            assertThat(dispatch.said())
                    .startsWith("The folder %s cannot be written".formatted(file.resolve("data")))
                    .endsWith("choose another with --data-dir.\n");
        }
    }

    @Test
    void aServiceThatCannotStartIsNamedWithItsLastWordsAndNothingIsLeft() throws Exception {
        Path workingFolder = Files.createDirectories(data().resolve("tmp").resolve("driver-manager"));
        Files.writeString(workingFolder.resolve("refuse-to-start"), "");

        try (RunningLauncher dispatch = RunningLauncher.start(data())) {
            assertThat(dispatch.awaitExit()).isEqualTo(1);
            assertThat(dispatch.said())
                    .startsWith("driver-manager ended at its start (exit code 3).")
                    .contains("The stand-in was told not to start.");
            assertThat(data().resolve("postgresql").resolve("data").resolve("postmaster.pid"))
                    .doesNotExist();
        }
    }

    @Test
    void usesADatabaseOfTheUsersAndLeavesItRunning() throws Exception {
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(
                folder.resolve("users"), Path.of("target", "stand-ins", ".dispatch", "cache"), 0)) {
            try (Connection connection = server.connect("postgres")) {
                connection.createStatement().execute("create role owner login createrole password 'p:w'");
                connection.createStatement().execute("create database events owner owner");
            }
            String url = "postgresql://owner:p%%3Aw@127.0.0.1:%d/events".formatted(server.port());
            try (RunningLauncher dispatch =
                    RunningLauncher.start(data(), "--database-url", url).awaitReady()) {
                assertThat(dispatch.children("postgres -D")).isEmpty();
            }
            try (Connection connection = server.connect("events");
                    ResultSet schemas = connection
                            .createStatement()
                            .executeQuery("select count(*) from pg_namespace where nspname = 'event_log'")) {
                schemas.next();
                assertThat(schemas.getInt(1)).isEqualTo(1);
            }
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void keep(int answer) throws IOException, SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute("create table kept as select %d as answer".formatted(answer));
        }
    }

    private int kept() throws IOException, SQLException {
        try (Connection connection = connect();
                ResultSet result = connection.createStatement().executeQuery("select answer from kept")) {
            result.next();
            return result.getInt(1);
        }
    }

    private Connection connect() throws IOException, SQLException {
        Path home = data().resolve("postgresql");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/dispatch"
                        .formatted(Files.readString(home.resolve("port")).strip()),
                EmbeddedPostgresql.SUPERUSER,
                Files.readString(home.resolve("superuser-password")));
    }
}
