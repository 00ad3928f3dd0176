package io.dispatch.eventmanager.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.testing.DatabaseProxy;
import io.dispatch.testing.DatabaseProxy.Fault;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class DatabaseAwayIT extends RunningService {
    private static final DatabaseProxy PROXY = proxy();

    private final String organization = "away-" + UUID.randomUUID();

    @Autowired
    private DataSource dataSource;

    @DynamicPropertySource
    static void throughTheProxy(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.hikari.jdbc-url", PROXY::url);
        registry.add("spring.datasource.hikari.connection-timeout", () -> "500");
    }

    private static DatabaseProxy proxy() {
        try {
            return new DatabaseProxy(TestDatabase.url());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void bringBack() {
        PROXY.set(Fault.NONE);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsAcknowledgedAndAfterwardsAllIsWell() {
        subscribe();
        assertThat(emit().statusCode()).isEqualTo(202);

        PROXY.set(Fault.AWAY);
        HttpResponse<String> away = emit();
        HttpResponse<String> list = get(organization, "/v1/event/subscriptions");
        PROXY.set(Fault.NONE);

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).contains("1");
        assertThat(away.body()).contains("\"code\":503");
        assertThat(list.statusCode()).isEqualTo(503);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(emit().statusCode()).isEqualTo(202));
    }

    @Test
    void anEventWhoseCommitWasCutIsAcknowledgedOnceItIsFound() {
        subscribe();
        emit();
        EventLogReader log = new EventLogReader(dataSource);
        long before = log.nextOffsets().stream().mapToLong(Long::longValue).sum();

        PROXY.set(Fault.CUT_AFTER_COMMIT);
        HttpResponse<String> answer = emit();

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(log.nextOffsets().stream().mapToLong(Long::longValue).sum()).isEqualTo(before + 1);
    }

    @Test
    void whileItsDiskIsFullNothingIsAcknowledgedAndEachAnswerSaysSo() {
        subscribe();

        PROXY.set(Fault.DISK_FULL);
        HttpResponse<String> emit = emit();
        HttpResponse<String> write =
                postJson(organization, "/v1/event/subscriptions", "{\"eventType\":\"t2\",\"function\":\"f\"}");
        HttpResponse<String> read = get(organization, "/v1/event/subscriptions");
        PROXY.set(Fault.NONE);

        assertThat(emit.statusCode()).isEqualTo(503);
        assertThat(emit.headers().firstValue("Retry-After")).contains("1");
        assertThat(emit.body()).contains("the event log cannot be written right now, try again");
        assertThat(write.statusCode()).isEqualTo(503);
        assertThat(write.headers().firstValue("Retry-After")).contains("1");
        assertThat(write.body()).contains("the database has no room right now, try again");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(emit().statusCode()).isEqualTo(202);
        subscribe("t2");
    }

    private void subscribe() {
        subscribe("t");
    }

    private void subscribe(String type) {
        assertThat(postJson(
                                organization,
                                "/v1/event/subscriptions",
                                "{\"eventType\":\"%s\",\"function\":\"f\"}".formatted(type))
                        .statusCode())
                .isEqualTo(201);
    }

    private HttpResponse<String> emit() {
        return post(
                organization,
                "/v1/event",
                Map.of("Content-Type", "application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}");
    }
}
