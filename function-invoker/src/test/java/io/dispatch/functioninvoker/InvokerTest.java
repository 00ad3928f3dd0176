package io.dispatch.functioninvoker;

import io.dispatch.contracts.event.Event;
import io.dispatch.database.ServiceRole;
import io.dispatch.eventlog.AppendResult;
import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.testing.DatabaseProxy;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The running service on a real database, with what its neighbours publish: subscriptions, events, secrets. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "dispatch.local-mode=true",
            "springdoc.api-docs.enabled=true",
            "dispatch.functions.folder=target/test-functions",
            "dispatch.functions.work-folder=target/functions-work",
            "dispatch.vault.key-file=target/vault-test.key"
        })
public abstract class InvokerTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Of the role that accepts events. */
    protected static final DataSource EVENT_MANAGER = dataSource(ServiceRole.EVENT_MANAGER);

    /** Of the role that writes secrets. */
    protected static final DataSource DRIVER_MANAGER = dataSource(ServiceRole.DRIVER_MANAGER);

    /** Stands between the service and its database, for tests of bad days; they bring it back. */
    protected static final DatabaseProxy DATABASE = proxy();

    private static final EventLogWriter LOG = new EventLogWriter(EVENT_MANAGER);

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        migrate(EVENT_MANAGER, "event_manager", "classpath:db/event_log");
        migrate(DRIVER_MANAGER, "driver_manager", "classpath:db/vault");
        TestDatabase.register(registry, ServiceRole.FUNCTION_INVOKER);
        registry.add("spring.datasource.hikari.jdbc-url", DATABASE::url);
        programs(Path.of("target", "test-functions"));
    }

    private static DatabaseProxy proxy() {
        try {
            return new DatabaseProxy(TestDatabase.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program that may be run, run by the Java of this test, and one that leads out of the folder. */
    private static void programs(Path folder) {
        try (InputStream source = InvokerTest.class.getResourceAsStream("/functions/Echo.java.txt")) {
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve("Echo.java"), Objects.requireNonNull(source).readAllBytes());
            Path program = folder.resolve("echo");
            String java = System.getProperty("java.home") + "/bin/java";
            Files.writeString(
                    program, "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 Echo.java \"$@\"\n".formatted(java));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            Path escape = folder.resolve("escape");
            Files.deleteIfExists(escape);
            Files.createSymbolicLink(escape, Path.of("/bin/sh"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void migrate(DataSource dataSource, String schema, String location) {
        Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema(schema)
                .createSchemas(false)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations(location)
                .load()
                .migrate();
    }

    private static DataSource dataSource(ServiceRole role) {
        return new DriverManagerDataSource(TestDatabase.url(), role.roleName(), TestDatabase.password(role));
    }

    /** A client of one organization. */
    protected Api api(String organization) {
        return new Api(port, organization);
    }

    /** A name that no other test uses. */
    protected static String unique(String prefix) {
        return prefix + "-" + NUMBERS.incrementAndGet();
    }

    /** Publishes a subscription, and returns its id. */
    protected static long subscribe(String organization, String function, String... secrets) {
        return JdbcClient.create(EVENT_MANAGER)
                .sql("""
                        with next as (
                            update event_log.subscriptions_version set version = version + 1 returning version)
                        insert into event_log.subscription
                            (id, organization, name, version, event_type, function, secrets, state, changed_at)
                        select 1000 + version, :organization, 'on-' || version, 1, 'test.event', :function, :secrets,
                               'active', version
                          from next
                        returning id""")
                .param("organization", organization)
                .param("function", function)
                .param("secrets", secrets)
                .query(Long.class)
                .single();
    }

    /** Changes how a subscription is delivered, as event-manager does. */
    protected static void deliver(long id, String settings, String state) {
        JdbcClient.create(EVENT_MANAGER)
                .sql("""
                        with next as (
                            update event_log.subscriptions_version set version = version + 1 returning version)
                        update event_log.subscription s
                           set delivery = :settings::jsonb, state = :state, changed_at = next.version
                          from next where s.id = :id""")
                .param("settings", settings.replace('\'', '"'))
                .param("state", state)
                .param("id", id)
                .update();
    }

    /** Deletes a subscription as event-manager does. */
    protected static void unsubscribe(long id) {
        JdbcClient.create(EVENT_MANAGER).sql("""
                        with next as (
                            update event_log.subscriptions_version set version = version + 1 returning version)
                        update event_log.subscription s set state = 'deleted', changed_at = next.version
                          from next where s.id = :id""").param("id", id).update();
    }

    /** An event of type {@code test.event}. */
    protected static Event event(String id) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", id);
        attributes.put("source", "/test");
        attributes.put("type", "test.event");
        attributes.put("datacontenttype", "application/json");
        return Event.of(attributes, "{\"id\":\"%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8));
    }

    /** Appends one event that matched these subscriptions. */
    protected static Position append(String organization, String eventId, long... subscriptions) {
        return append(List.of(new NewEntry(organization, subscriptions, event(eventId))))
                .getFirst();
    }

    /** Appends events with the ids prefix0, prefix1 and so on. */
    protected static List<String> append(String organization, String prefix, int count, long... subscriptions) {
        List<NewEntry> entries = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(prefix + i);
            entries.add(new NewEntry(organization, subscriptions, event(prefix + i)));
        }
        append(entries);
        return ids;
    }

    /** The same, all with this {@code partitionkey}. */
    protected static List<String> appendKeyed(
            String organization, String prefix, int count, String key, long... subscriptions) {
        List<NewEntry> entries = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event plain = event(prefix + i);
            Map<String, Object> attributes = new LinkedHashMap<>(plain.attributes());
            attributes.put(Event.PARTITION_KEY, key);
            ids.add(prefix + i);
            entries.add(new NewEntry(organization, subscriptions, Event.of(attributes, plain.data())));
        }
        append(entries);
        return ids;
    }

    private static List<Position> append(List<NewEntry> entries) {
        long version = new PublishedSubscriptions(EVENT_MANAGER).version();
        return switch (LOG.append(entries, version, true)) {
            case AppendResult.Appended appended -> appended.positions();
            case AppendResult.SubscriptionsChanged changed ->
                throw new AssertionError("somebody else changed subscriptions: " + changed);
        };
    }
}
