package io.dispatch.eventmanager.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dispatch.database.ServiceRole;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.testing.TestCaller;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

@TestPropertySource(properties = "dispatch.events.max-size=64MB")
class RetentionIT extends RunningService {
    /** Of its own, so that no other service takes part in it. */
    private static final String DATABASE = TestDatabase.create();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    EventRetention retention;

    @DynamicPropertySource
    static void ownDatabase(DynamicPropertyRegistry registry) {
        TestCaller.publishKey(DATABASE);
        registry.add("spring.datasource.hikari.jdbc-url", () -> DATABASE);
    }

    @Test
    void aLogThatIsFullOfOwedEventsRefusesMoreUntilTheyAreDelivered() throws IOException {
        migrateReplies();
        fill();
        assertThat(emit().statusCode()).isEqualTo(202);

        retention.keep();
        letTheSpareSliceBeReady();
        retention.keep();

        HttpResponse<String> refused = emit();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("the event log is full of events that are still to be delivered");
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        answer();
        await().during(Duration.ofSeconds(2)).until(() -> waiting() == 1);

        deliverAll();
        retention.keep();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);

        assertThat(emit().statusCode()).isEqualTo(202);
        assertThat(jdbc.sql("SELECT count(*) FROM event_log.event WHERE organization = 'acme' AND type = 't'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatCannotBeKeptIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new EventLogSettings(Duration.ofMinutes(59), DataSize.ofGigabytes(1)))
                .hasMessageStartingWith("dispatch.events.keep must be 1h to 3653d");
        assertThatThrownBy(() -> new EventLogSettings(Duration.ofDays(7), DataSize.ofMegabytes(63)))
                .hasMessageStartingWith("dispatch.events.max-size must be 64MB or more");
    }

    /** Seventy events of a megabyte. */
    private void fill() {
        jdbc.sql("""
                        INSERT INTO event_log.event
                            (partition, "offset", organization, accepted_at, type, source, id, attributes, data, subscriptions, slice)
                        SELECT p.number, p.next_offset + i, 'acme', now(), 't', '/s', 'id-' || i, '{}',
                               convert_to(repeat('x', 1000000), 'UTF8'), '{1}', p.slice
                        FROM event_log.partition p, generate_series(0, 69) AS i WHERE p.number = 0""").update();
        jdbc.sql("UPDATE event_log.partition SET next_offset = next_offset + 70 WHERE number = 0")
                .update();
    }

    private void letTheSpareSliceBeReady() {
        jdbc.sql("UPDATE event_log.slice SET created_at = created_at - interval '2 minutes'")
                .update();
    }

    /** As function-invoker publishes it. */
    private static void deliverAll() {
        functionInvoker().sql("""
                        CREATE TABLE delivery_progress.partition AS
                        SELECT n AS number, 1000000000 AS lowest_needed FROM generate_series(0, 3) AS n""").update();
    }

    private static void migrateReplies() throws IOException {
        Path migration = Path.of("..", "function-invoker", "src/main/resources/db/migration/V12__replies.sql");
        functionInvoker().sql(Files.readString(migration)).update();
    }

    /** As function-invoker puts down what a function answered. */
    private static void answer() {
        functionInvoker().sql("""
                        INSERT INTO delivery_progress.reply (partition, "offset", subscription, attempt, organization, event)
                        VALUES (0, 1, 1, 1, 'acme', '{"specversion":"1.0","id":"1","source":"/s","type":"t"}')""").update();
    }

    private int waiting() {
        return jdbc.sql("SELECT count(*) FROM delivery_progress.reply")
                .query(Integer.class)
                .single();
    }

    private static JdbcClient functionInvoker() {
        return JdbcClient.create(new DriverManagerDataSource(
                DATABASE,
                ServiceRole.FUNCTION_INVOKER.roleName(),
                TestDatabase.password(ServiceRole.FUNCTION_INVOKER)));
    }

    private HttpResponse<String> emit() {
        return post(
                "retention",
                "/v1/event",
                Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t"),
                "");
    }
}
