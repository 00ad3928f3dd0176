package io.dispatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class DatabaseOfServiceIT {

    private String database = "";

    @BeforeEach
    void setUp() throws SQLException {
        database = OneServer.create();
        try (Connection connection = OneServer.connect(database)) {
            DatabaseSetup.run(connection);
            DatabaseSetup.setPasswords(connection, OneServer.PASSWORDS);
        }
    }

    @Test
    void aServiceRefusesADatabaseThatForgetsBeforeItMigratesAnything() throws SQLException {
        OneServer.execute(
                OneServer.connect(database),
                "alter role event_manager in database %s set synchronous_commit = off".formatted(database));

        service(ServiceRole.EVENT_MANAGER)
                .withBean(DataSourceScriptDatabaseInitializer.class, this::migration)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(new UnfitDatabaseAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())))
                            .satisfies(analysis -> {
                                assertThat(analysis.getDescription())
                                        .isEqualTo(
                                                "PostgreSQL runs with synchronous_commit off, so it can lose events that were acknowledged.");
                                assertThat(analysis.getAction())
                                        .isEqualTo(
                                                "Switch synchronous_commit on in PostgreSQL (server, database and role), then start again.");
                            });
                });
        assertThat(OneServer.query(OneServer.connect(database), "select to_regclass('event_manager.migrated')"))
                .isNull();
    }

    @Test
    void aServiceMigratesADurableDatabase() throws SQLException {
        service(ServiceRole.EVENT_MANAGER)
                .withBean(DataSourceScriptDatabaseInitializer.class, this::migration)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(OneServer.query(OneServer.connect(database), "select to_regclass('event_manager.migrated')"))
                .isEqualTo("event_manager.migrated");
    }

    @Test
    void aReaderIsNotReadyUntilWhatItReadsIsPublished() {
        DataSource reader = OneServer.dataSource(database, ServiceRole.FUNCTION_INVOKER);
        PublishedSchema published = new PublishedSchema(reader, "event_log.event", "vault.secret");

        service(ServiceRole.FUNCTION_INVOKER)
                .withBean(PublishedSchema.class, () -> published)
                .run(context -> {
                    PublishedSchemaHealth health = context.getBean(PublishedSchemaHealth.class);
                    Thread waiting = Thread.startVirtualThread(() -> awaitQuietly(published));
                    publish("event_manager", "event_log.event");

                    Health before = health.health();
                    assertThat(before.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(before.getDetails()).containsEntry("waitingFor", List.of("vault.secret"));
                    assertThat(waiting.isAlive()).isTrue();

                    publish("driver_manager", "vault.secret");

                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                    await().atMost(Duration.ofSeconds(5)).until(() -> !waiting.isAlive());
                });
    }

    private void publish(String owner, String table) throws SQLException {
        OneServer.execute(OneServer.connect(database), "set role %s; create table %s (id int)".formatted(owner, table));
    }

    private static void awaitQuietly(PublishedSchema published) {
        try {
            published.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ApplicationContextRunner service(ServiceRole role) {
        return new ApplicationContextRunner()
                .withUserConfiguration(InOrder.class, DatabaseOfService.class)
                .withBean(DataSource.class, () -> OneServer.dataSource(database, role));
    }

    /** As Spring Boot's own configurations of what migrates have it. */
    @Configuration(proxyBeanMethods = false)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static class InOrder {}

    private DataSourceScriptDatabaseInitializer migration() {
        DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
        settings.setMode(DatabaseInitializationMode.ALWAYS);
        settings.setSchemaLocations(List.of("classpath:migration.sql"));
        return new DataSourceScriptDatabaseInitializer(
                OneServer.dataSource(database, ServiceRole.EVENT_MANAGER), settings);
    }
}
