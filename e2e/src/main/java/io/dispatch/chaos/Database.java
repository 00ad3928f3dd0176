package io.dispatch.chaos;

import io.dispatch.postgresql.EmbeddedPostgresql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL that is the checker's, behind a proxy that is the checker's too. For one thread. */
final class Database implements AutoCloseable {

    private static final String NAME = "dispatch";

    private final Path home;
    private final Path binaries;
    private final Proxy proxy;
    private EmbeddedPostgresql server;

    private Database(Path home, Path binaries, EmbeddedPostgresql server, Proxy proxy) {
        this.home = home;
        this.binaries = binaries;
        this.server = server;
        this.proxy = proxy;
    }

    /**
     * Starts the server and makes an empty database.
     *
     * @param home for its data; empty
     * @param binaries where its programs are, or are unpacked to
     */
    static Database start(Path home, Path binaries) throws IOException, InterruptedException {
        EmbeddedPostgresql server = EmbeddedPostgresql.start(home, binaries, 0);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + NAME);
            return new Database(home, binaries, server, new Proxy(server.port()));
        } catch (SQLException e) {
            server.close();
            throw new IOException("the database cannot be made", e);
        }
    }

    /** Its address by way of the proxy, as {@code --database-url} takes it. */
    String url() {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(EmbeddedPostgresql.SUPERUSER, proxy.port(), NAME);
    }

    String password() {
        return server.password();
    }

    /** SIGKILL of the postmaster, and a new one at once on what the old one left. */
    void kill() throws InterruptedException {
        ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);
        server.awaitExit();
        restart();
    }

    /** Stopped for a while as for maintenance. */
    void stop(Duration away) throws InterruptedException {
        server.close();
        Thread.sleep(away);
        restart();
    }

    private void restart() throws InterruptedException {
        int port = server.port();
        server.close();
        server = EmbeddedPostgresql.start(home, binaries, port);
    }

    /** Cuts every connection some times, with pauses between. */
    void cut(int times, Duration pause) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            proxy.cut();
            Thread.sleep(pause);
        }
    }

    /** For so long there is no way to it. */
    void cutOff(Duration away) throws InterruptedException {
        proxy.setAway(true);
        Thread.sleep(away);
        proxy.setAway(false);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
