package io.dispatch.launcher;

import io.dispatch.postgresql.EmbeddedPostgresql;
import io.dispatch.postgresql.PostgresqlException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/** A PostgreSQL server of our own, started again on the same port whenever it ends by itself. */
final class EmbeddedDatabase implements Database {

    private static final String NAME = "dispatch";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Path home;
    private final Path binaries;
    private final Consumer<String> news;
    private final String url;
    private final Thread watcher;
    private volatile EmbeddedPostgresql server;

    private EmbeddedDatabase(Path home, Path binaries, Consumer<String> news, EmbeddedPostgresql server) {
        this.home = home;
        this.binaries = binaries;
        this.news = news;
        this.server = server;
        this.url = server.url(NAME);
        this.watcher = Thread.ofVirtual().name("postgresql-watcher").unstarted(this::watch);
    }

    /**
     * Starts the server and makes the database if it is not there.
     *
     * @param home the server's folder
     * @param binaries a folder for PostgreSQL's programs, shared with other instances
     * @param news told one sentence when the server ended and was started again
     * @throws LaunchException if it cannot be started
     */
    static EmbeddedDatabase start(Path home, Path binaries, Consumer<String> news) throws InterruptedException {
        try {
            EmbeddedPostgresql server = EmbeddedPostgresql.start(home, binaries, 0);
            EmbeddedDatabase database = new EmbeddedDatabase(home, binaries, news, server);
            database.watcher.start();
            try {
                database.createUnlessThere();
                return database;
            } catch (SQLException e) {
                database.close();
                throw new LaunchException("The database %s cannot be made: %s".formatted(NAME, e.getMessage()), e);
            }
        } catch (PostgresqlException e) {
            throw new LaunchException(String.valueOf(e.getMessage()), e);
        }
    }

    private void createUnlessThere() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet there =
                        statement.executeQuery("select from pg_database where datname = '%s'".formatted(NAME))) {
            if (!there.next()) {
                statement.execute("create database " + NAME);
            }
        }
    }

    /** Ends when the watcher is interrupted, by {@link #close}. */
    private void watch() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                server.awaitExit();
                news.accept("PostgreSQL ended and is started again.");
                int port = server.port();
                server.close();
                pause = startAgain(port, pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until it runs; the pause grows while it does not. */
    private Duration startAgain(int port, Duration firstPause) throws InterruptedException {
        Duration pause = firstPause;
        while (true) {
            try {
                server = EmbeddedPostgresql.start(home, binaries, port);
                return FIRST_PAUSE;
            } catch (PostgresqlException e) {
                news.accept(String.valueOf(e.getMessage()));
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Connection connect() throws SQLException {
        return server.connect(NAME);
    }

    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
            server.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
