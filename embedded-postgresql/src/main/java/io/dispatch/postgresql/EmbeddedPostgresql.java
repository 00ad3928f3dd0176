package io.dispatch.postgresql;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * A running PostgreSQL server of this process: real, durable, reachable on 127.0.0.1 with a password only.
 *
 * <p>It ends with this process: cleanly by {@link #close()}, and after a SIGKILL of this process by itself where
 * {@code setpriv} is installed, else by the next {@link #start} on the same folder. Safe for use by many threads.
 */
public final class EmbeddedPostgresql implements AutoCloseable {

    /** The name of the superuser; {@link #password()} is its password. */
    public static final String SUPERUSER = "postgres";

    // A server that was killed under load first replays its log, which may take minutes and must not be cut off.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String WRONG_PASSWORD = "28P01";

    private final FolderLock lock;
    private final Cluster cluster;
    private final Postmaster postmaster;
    private final int port;

    private EmbeddedPostgresql(FolderLock lock, Cluster cluster, Postmaster postmaster, int port) {
        this.lock = lock;
        this.cluster = cluster;
        this.postmaster = postmaster;
        this.port = port;
    }

    /**
     * Starts the server of a folder and returns when it answers; what an earlier server left is taken over.
     *
     * @param home the server's folder, made if absent: data, password, log
     * @param binaries a folder for the programs, made if absent, shared by any number of servers and processes
     * @param port 1 to 65535, or 0 for the port of the last start if it is still free, else any free one
     * @throws PostgresqlException with one sentence for the user if it cannot be started
     */
    public static EmbeddedPostgresql start(Path home, Path binaries, int port) throws InterruptedException {
        Path folder = home.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FolderLock lock = FolderLock.tryTake(folder)
                    .orElseThrow(() -> new PostgresqlException(
                            "Another process already runs PostgreSQL on %s: stop it, or choose another folder."
                                    .formatted(folder)));
            boolean started = false;
            try {
                Programs programs =
                        Programs.in(Binaries.unpack(binaries.toAbsolutePath().normalize()));
                EmbeddedPostgresql server = start(folder, programs, lock, port);
                started = true;
                return server;
            } finally {
                if (!started) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new PostgresqlException(
                    "PostgreSQL cannot use the folder %s (%s): choose one that this user may write to."
                            .formatted(folder, e),
                    e);
        }
    }

    private static EmbeddedPostgresql start(Path folder, Programs programs, FolderLock lock, int wanted)
            throws IOException, InterruptedException {
        Cluster cluster = Cluster.open(folder, programs);
        PortFile lastPort = new PortFile(folder.resolve("port"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int port = wanted != 0 ? wanted : lastPort.readFree().orElseGet(EmbeddedPostgresql::freePort);
        while (true) {
            Postmaster postmaster = Postmaster.start(programs, cluster, folder.resolve("postgresql.log"), port);
            EmbeddedPostgresql server = new EmbeddedPostgresql(lock, cluster, postmaster, port);
            if (server.awaitReadyOrStop(deadline)) {
                lastPort.write(port);
                return server;
            }
            if (postmaster.isRefusedThePort() && wanted == 0) {
                port = freePort();
            } else if (postmaster.isRefusedThePort()) {
                throw new PostgresqlException(
                        "PostgreSQL cannot listen on 127.0.0.1:%d, as something else does: choose another port."
                                .formatted(port));
            } else if (postmaster.isKeptOutByOldBackends() && System.nanoTime() < deadline) {
                Thread.sleep(200);
            } else {
                throw new PostgresqlException("PostgreSQL on %s ended at its start: %s (log: %s)"
                        .formatted(cluster.data(), postmaster.lastWords(), folder.resolve("postgresql.log")));
            }
        }
    }

    /** The same as {@link #awaitReady}, and leaves no server behind when the wait is interrupted. */
    private boolean awaitReadyOrStop(long deadline) throws IOException, InterruptedException {
        try {
            return awaitReady(deadline);
        } catch (InterruptedException e) {
            // SIGTERM: it ends as soon as nobody is connected, and nobody is.
            postmaster.process().destroy();
            throw e;
        }
    }

    /** Waits for a real connection; false if the server ended before. */
    private boolean awaitReady(long deadline) throws IOException, InterruptedException {
        String refusal = "no connection was tried";
        while (System.nanoTime() < deadline) {
            if (postmaster.process().waitFor(50, MILLISECONDS)) {
                return false;
            }
            if (!cluster.isReady(pid())) {
                continue;
            }
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(5)) {
                    return true;
                }
            } catch (SQLException e) {
                refusal = String.valueOf(e.getMessage());
                if (WRONG_PASSWORD.equals(e.getSQLState())) {
                    break;
                }
            }
        }
        cluster.stop();
        throw new PostgresqlException(
                "PostgreSQL on %s runs but lets nobody in: %s".formatted(cluster.data(), refusal));
    }

    private static int freePort() {
        return FreePort.pick(new SecureRandom());
    }

    /** A new connection as superuser to a database of this server; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password());
        properties.setProperty("loginTimeout", "10");
        return DriverManager.getConnection(url(database), properties);
    }

    /** The JDBC address of a database of this server, without user and password. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** The TCP port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The superuser's password, random, made with the data folder. */
    public String password() {
        return cluster.password();
    }

    /** The process id of the server. */
    public long pid() {
        return postmaster.process().pid();
    }

    /** Whether the server's process runs. */
    public boolean isAlive() {
        return postmaster.process().isAlive();
    }

    /** Waits until the server's process has ended, by {@link #close()} or by itself. */
    public void awaitExit() throws InterruptedException {
        postmaster.process().waitFor();
    }

    /**
     * Stops the server cleanly and waits until it has ended; nothing happens if it has. An interrupt is kept and the
     * server then stops without this thread.
     */
    @Override
    public void close() {
        try {
            if (isAlive()) {
                cluster.stop();
                postmaster.process().waitFor();
            }
            lock.close();
        } catch (IOException e) {
            throw new PostgresqlException("PostgreSQL on %s could not be stopped: %s".formatted(cluster.data(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
