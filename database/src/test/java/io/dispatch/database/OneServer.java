package io.dispatch.database;

import io.dispatch.postgresql.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The PostgreSQL of this module's tests; they cannot use {@code testing}, which stands on this module. */
final class OneServer {

    static final Map<ServiceRole, String> PASSWORDS = Arrays.stream(ServiceRole.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), ServiceRole::roleName));

    private static final AtomicInteger CREATED = new AtomicInteger();
    private static final EmbeddedPostgresql SERVER = start();

    private OneServer() {}

    private static EmbeddedPostgresql start() {
        try {
            Path home =
                    Path.of("target", "test-database-" + ProcessHandle.current().pid());
            EmbeddedPostgresql server = EmbeddedPostgresql.start(home, Path.of("target", "postgresql"), 0);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of a new, empty database. */
    static String create() throws SQLException {
        String name = "test_" + CREATED.incrementAndGet();
        execute(connect("postgres"), "create database " + name);
        return name;
    }

    static Connection connect(String database) throws SQLException {
        return SERVER.connect(database);
    }

    static DataSource dataSource(String database, ServiceRole role) {
        return dataSource(database, role.roleName(), role.roleName());
    }

    static DataSource dataSource(String database, String user, String password) {
        return new DriverManagerDataSource(SERVER.url(database), user, password);
    }

    /** Runs a statement and closes the connection. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row; closes the connection. */
    static String query(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
