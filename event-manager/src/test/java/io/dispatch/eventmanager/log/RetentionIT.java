package io.dispatch.eventmanager.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.database.ServiceRole;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

@TestPropertySource(properties = "dispatch.events.max-size=64MB")
class RetentionIT extends RunningService {
    @Autowired
    JdbcClient jdbc;

    @Autowired
    EventRetention retention;

    @Test
    void aLogThatIsFullOfOwedEventsRefusesMoreUntilTheyAreDelivered() {
        fill();
        assertThat(emit().statusCode()).isEqualTo(202);

        retention.keep();
        letTheSpareSliceBeReady();
        retention.keep();

        HttpResponse<String> refused = emit();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("the event log is full of events that are still to be delivered");
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");

        deliverAll();
        retention.keep();

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
        JdbcClient functionInvoker = JdbcClient.create(new DriverManagerDataSource(
                TestDatabase.url(),
                ServiceRole.FUNCTION_INVOKER.roleName(),
                TestDatabase.password(ServiceRole.FUNCTION_INVOKER)));
        functionInvoker.sql("""
                        CREATE TABLE delivery_progress.partition AS
                        SELECT n AS number, 1000000000 AS lowest_needed FROM generate_series(0, 3) AS n""").update();
    }

    private HttpResponse<String> emit() {
        return post(
                "retention",
                "/v1/event",
                Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t"),
                "");
    }
}
