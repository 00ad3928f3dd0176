package io.dispatch.testing;

import io.dispatch.database.DatabaseSetup;
import io.dispatch.database.ServiceRole;
import io.dispatch.postgresql.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * One real PostgreSQL for all tests of a JVM, started by the first that asks and stopped at the JVM's end. Its data
 * lies below {@code target/}; every JVM begins with empty databases. As durable as in production: services check that.
 *
 * <p>In a Spring test: {@code @DynamicPropertySource static void database(DynamicPropertyRegistry registry)
 * { TestDatabase.register(registry, ServiceRole.EVENT_MANAGER); }}
 */
public final class TestDatabase {

    private static final AtomicInteger CREATED = new AtomicInteger();

    private TestDatabase() {}

    /** JDBC address of the database that all tests of this JVM share; roles and schemas are there. */
    public static String url() {
        return Shared.URL;
    }

    /** JDBC address of a new database with roles and empty schemas, for a test that wants to be alone. */
    public static String create() {
        String name = "dispatch_" + CREATED.incrementAndGet();
        try (Connection connection = Server.RUNNING.connect("postgres")) {
            execute(connection, "create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database %s cannot be made".formatted(name), e);
        }
        try (Connection connection = Server.RUNNING.connect(name)) {
            DatabaseSetup.run(connection);
            DatabaseSetup.setPasswords(connection, Server.PASSWORDS);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database %s cannot be set up".formatted(name), e);
        }
        return Server.RUNNING.url(name);
    }

    /** The password of a service's role, in all databases of this JVM. */
    public static String password(ServiceRole role) {
        return Objects.requireNonNull(Server.PASSWORDS.get(role));
    }

    /** A new connection to a database of {@link #url()} or {@link #create()} as a service; the caller closes it. */
    public static Connection connect(String url, ServiceRole role) throws SQLException {
        return DriverManager.getConnection(url, role.roleName(), password(role));
    }

    /** A new connection as superuser, who sees and may everything; the caller closes it. */
    public static Connection connectAsSuperuser(String url) throws SQLException {
        return DriverManager.getConnection(url, EmbeddedPostgresql.SUPERUSER, Server.RUNNING.password());
    }

    /** Points {@code spring.datasource.*} of a Spring test at the shared database, see the class comment. */
    public static void register(DynamicPropertyRegistry registry, ServiceRole role) {
        register(registry, role, url());
    }

    /** The same for a database of {@link #create()}; {@link TestCaller} can call the service. */
    public static void register(DynamicPropertyRegistry registry, ServiceRole role, String url) {
        if (role != ServiceRole.API_GATEWAY) {
            TestCaller.publishKey(url);
        }
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", role::roleName);
        registry.add("spring.datasource.password", () -> password(role));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The server; loaded, and so started, by its first use. */
    private static final class Server {

        static final Map<ServiceRole, String> PASSWORDS = Arrays.stream(ServiceRole.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), role -> "test-" + role.roleName()));

        static final EmbeddedPostgresql RUNNING = start();

        private static EmbeddedPostgresql start() {
            try {
                EmbeddedPostgresql server = EmbeddedPostgresql.start(
                        Path.of("target", "test-database"), Path.of("target", "test-database-binaries"), 0);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop test database"));
                dropWhatEarlierTestsLeft(server);
                return server;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the test database started", e);
            } catch (SQLException e) {
                throw new IllegalStateException("the databases of earlier tests cannot be dropped", e);
            }
        }

        private static void dropWhatEarlierTestsLeft(EmbeddedPostgresql server) throws SQLException {
            try (Connection connection = server.connect("postgres")) {
                List<String> names = new ArrayList<>();
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(
                                "select datname from pg_database where datname like 'dispatch%'")) {
                    while (result.next()) {
                        names.add(result.getString(1));
                    }
                }
                for (String name : names) {
                    execute(connection, "drop database %s with (force)".formatted(name));
                }
            }
        }
    }

    /** The database that all share; made by its first use. */
    private static final class Shared {

        static final String URL = create();
    }
}
