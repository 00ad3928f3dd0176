package io.dispatch.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresqlIT {

    private static final Path BINARIES = Path.of("target", "postgresql");

    @TempDir
    Path home;

    @Test
    void isDurableByDefaultAndLetsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedPostgresql server = start()) {
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "show full_page_writes")).isEqualTo("on");
            assertThat(query(server, "show unix_socket_directories")).isEmpty();
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("superuser-password"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> java.sql.DriverManager.getConnection(
                            server.url("postgres"), EmbeddedPostgresql.SUPERUSER, "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void findsItsDataAndItsPortAgain() throws Exception {
        int port;
        try (EmbeddedPostgresql server = start()) {
            port = server.port();
            execute(server, "create table kept as select 42 as answer");
        }
        try (EmbeddedPostgresql server = start()) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void comesBackAfterKillNineOfTheServer() throws Exception {
        try (EmbeddedPostgresql server = start()) {
            execute(server, "create table kept as select 42 as answer");
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            server.awaitExit();
        }
        try (EmbeddedPostgresql server = start()) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void endsWithItsKilledParentAndStartsAgain() throws Exception {
        Process parent = parent(System.getenv("PATH"));
        long serverPid = Long.parseLong(parent.inputReader().readLine());
        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(10)).until(() -> !isRunning(serverPid));
        try (EmbeddedPostgresql server = start()) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void stopsAServerThatWasLeftRunningWhereThereIsNoSetpriv(@TempDir Path bin) throws Exception {
        for (String tool : List.of("unshare", "true")) {
            Path program = Files.writeString(
                    bin.resolve(tool), "#!/bin/sh\nPATH=/usr/bin:/bin exec %s \"$@\"\n".formatted(tool));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        Process parent = parent(bin.toString());
        long serverPid = Long.parseLong(parent.inputReader().readLine());
        parent.destroyForcibly().waitFor();
        assertThat(isRunning(serverPid)).isTrue();

        try (EmbeddedPostgresql server = start()) {
            assertThat(isRunning(serverPid)).isFalse();
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void beginsAgainAfterAnInterruptedInitdb() throws Exception {
        Files.createDirectories(home.resolve("data.new").resolve("base"));
        Files.writeString(home.resolve("data.new").resolve("PG_VERSION"), "18");

        try (EmbeddedPostgresql server = start()) {
            assertThat(query(server, "select 1")).isEqualTo("1");
            assertThat(home.resolve("data.new")).doesNotExist();
        }
    }

    @Test
    void startsBesideAStaleProcessIdThatNowIsSomebodyElses() throws Exception {
        start().close();
        Files.writeString(
                home.resolve("data").resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + home.resolve("data") + "\n");

        try (EmbeddedPostgresql server = start()) {
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void takesAnotherPortWhenTheLastOneIsTakenButRefusesToForAGivenOne() throws Exception {
        int port;
        try (EmbeddedPostgresql server = start()) {
            port = server.port();
        }
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            try (EmbeddedPostgresql server = start()) {
                assertThat(server.port()).isNotEqualTo(port);
            }
            assertThatThrownBy(() -> EmbeddedPostgresql.start(home, BINARIES, port))
                    .isInstanceOf(PostgresqlException.class)
                    .hasMessage(
                            "PostgreSQL cannot listen on 127.0.0.1:%d, as something else does: choose another port.",
                            port);
        }
    }

    @Test
    void refusesASecondServerOnTheSameFolder() throws Exception {
        try (EmbeddedPostgresql server = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(PostgresqlException.class)
                    .hasMessageContaining("Another process already runs PostgreSQL on " + home);
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "in the way");

        assertThatThrownBy(() -> EmbeddedPostgresql.start(file.resolve("pg"), BINARIES, 0))
                .isInstanceOf(PostgresqlException.class)
                .hasMessageStartingWith("PostgreSQL cannot use the folder " + file.resolve("pg"))
                .hasMessageEndingWith("choose one that this user may write to.");
    }

    @Test
    void saysWhichVersionTheDataIsOf() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data").resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(PostgresqlException.class)
                .hasMessageContaining("holds data of PostgreSQL 17, and this is PostgreSQL 18");
    }

    private EmbeddedPostgresql start() throws InterruptedException {
        return EmbeddedPostgresql.start(home, BINARIES, 0);
    }

    private Process parent(String path) throws IOException {
        ProcessBuilder parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        home.toString(),
                        BINARIES.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        parent.environment().put("PATH", path);
        return parent.start();
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
    }

    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private static String query(EmbeddedPostgresql server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(EmbeddedPostgresql server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            connection.createStatement().execute(sql);
        }
    }

    /** A process that starts a server, prints its process id, and waits to be killed. */
    static final class Parent {

        public static void main(String[] args) throws Exception {
            EmbeddedPostgresql server = EmbeddedPostgresql.start(Path.of(args[0]), Path.of(args[1]), 0);
            execute(server, "create table kept as select 42 as answer");
            System.out.println(server.pid());
            new CountDownLatch(1).await();
        }
    }
}
