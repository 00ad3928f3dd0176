package io.dispatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.postgresql.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSetupIT {

    private static final String SCHEMAS = """
            select string_agg(nspname || '=' || pg_get_userbyid(nspowner), ' ' order by nspname)
            from pg_namespace where nspname !~ '^(pg_|information_schema|public)'
            """;

    private static final String EXPECTED = "api_gateway=api_gateway delivery_progress=function_invoker"
            + " driver_credentials=driver_manager driver_manager=driver_manager event_log=event_manager"
            + " event_manager=event_manager function_invoker=function_invoker gateway_keys=api_gateway"
            + " vault=driver_manager";

    @Test
    void makesEverySchemaForTheServiceThatMigratesItHoweverOftenItRuns() throws SQLException {
        String database = OneServer.create();

        try (Connection connection = OneServer.connect(database)) {
            DatabaseSetup.run(connection);
            DatabaseSetup.run(connection);
        }

        assertThat(OneServer.query(OneServer.connect(database), SCHEMAS)).isEqualTo(EXPECTED);
    }

    /** On a server of its own, where nobody has heard of the roles. */
    @Test
    void doesNotNeedASuperuser(@TempDir Path home) throws SQLException, InterruptedException {
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(home, Path.of("target", "postgresql"), 0)) {
            OneServer.execute(server.connect("postgres"), "create role owner login createrole password 'owner'");
            OneServer.execute(server.connect("postgres"), "create database events owner owner");
            String url = server.url("events");

            try (Connection owner = DriverManager.getConnection(url, "owner", "owner")) {
                DatabaseSetup.run(owner);
                DatabaseSetup.setPasswords(owner, OneServer.PASSWORDS);
                DatabaseSetup.run(owner);
            }

            assertThat(OneServer.query(server.connect("events"), SCHEMAS)).isEqualTo(EXPECTED);
            assertThat(OneServer.query(
                            DriverManager.getConnection(url, "function_invoker", "function_invoker"),
                            "select current_user"))
                    .isEqualTo("function_invoker");
        }
    }

    @Test
    void changesNothingWithoutTheRight() throws SQLException {
        String database = OneServer.create();
        OneServer.execute(OneServer.connect("postgres"), "create role nobody login password 'nobody'");

        try (Connection connection =
                OneServer.dataSource(database, "nobody", "nobody").getConnection()) {
            assertThatThrownBy(() -> DatabaseSetup.run(connection))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("42501");
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(OneServer.query(OneServer.connect(database), SCHEMAS)).isNull();
    }
}
