package io.dispatch.eventmanager.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.database.ServiceRole;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.eventmanager.event.TakenEvents;
import io.dispatch.eventmanager.log.EventRetention;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplyIT extends RunningService {
    private static final AtomicInteger OFFSETS = new AtomicInteger();
    private static final JdbcClient FUNCTION_INVOKER = JdbcClient.create(new DriverManagerDataSource(
            TestDatabase.url(),
            ServiceRole.FUNCTION_INVOKER.roleName(),
            TestDatabase.password(ServiceRole.FUNCTION_INVOKER)));

    private final String organization = "reply-" + UUID.randomUUID();

    @Autowired
    Outbox outbox;

    @Autowired
    TakenEvents events;

    @Autowired
    EventRetention retention;

    @Autowired
    JdbcClient jdbc;

    /** As function-invoker does when it comes, with the role and the grants that it has. */
    @BeforeAll
    static void migrate() throws IOException {
        Path migration = Path.of("..", "function-invoker", "src/main/resources/db/migration/V12__replies.sql");
        FUNCTION_INVOKER.sql(Files.readString(migration)).update();
    }

    @Test
    void anEventThatAFunctionAnsweredWithIsAcceptedLikeAnyOther() {
        subscribe("invoice.sent");
        reply("r1", "invoice.sent");

        JsonNode accepted = await().atMost(Duration.ofSeconds(20)).until(this::log, log -> log.size() == 1);

        assertThat(accepted.at("/0/event/id").asString()).isEqualTo("r1");
        assertThat(accepted.at("/0/event/dispatchhops").asInt()).isEqualTo(3);
        assertThat(get(organization, "/v1/event/events").body()).contains("\"data\":{\"sum\":2.50}");
        assertThat(accepted.at("/0/matched")).hasSize(1);
        assertThat(waiting()).isZero();
        JsonNode types = json("/v1/event/types");
        assertThat(types.at("/0/type").asString()).isEqualTo("invoice.sent");
    }

    @Test
    void oneThatNobodyWantsIsDropped() {
        reply("r1", "unwanted");

        await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);

        assertThat(log()).isEmpty();
    }

    @Test
    void whatCannotBeAcceptedStaysWithItsReasonAndHoldsUpNobody() {
        subscribe("fine");
        List<String> fine = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (i % 7 == 3) {
                put("{\"specversion\":\"1.0\"}");
            }
            fine.add("r" + i);
            reply("r" + i, "fine");
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);

        assertThat(log())
                .extracting(event -> event.at("/event/id").asString())
                .containsExactlyInAnyOrderElementsOf(fine);
        assertThat(jdbc.sql("SELECT refused FROM delivery_progress.reply WHERE organization = ?")
                        .param(organization)
                        .query(String.class)
                        .list())
                .hasSize(3)
                .containsOnly("id in body is required");
    }

    @Test
    void eachIsAcceptedOnceThoughReplicasShareThemAndSessionsBreak() throws Exception {
        int replies = 3_000;
        subscribe("shared");
        FUNCTION_INVOKER
                .sql("""
                        INSERT INTO delivery_progress.reply (partition, "offset", subscription, attempt, organization, event)
                        SELECT 1, 1000000 + n, 1, 1, :organization,
                               '{"specversion":"1.0","id":"r' || n || '","source":"/f","type":"shared"}'
                        FROM generate_series(1, :count) AS n""")
                .param("organization", organization)
                .param("count", replies)
                .update();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> replicas = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                replicas.add(threads.submit(this::takeAll));
            }
            for (int i = 0; i < 10; i++) {
                breakSessions();
            }
            for (Future<?> replica : replicas) {
                replica.get();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);

        assertThat(jdbc.sql("SELECT id FROM event_log.event WHERE organization = ?")
                        .param(organization)
                        .query(String.class)
                        .list())
                .hasSize(replies)
                .doesNotHaveDuplicates();
    }

    /** Another replica, for as long as there is something to take. */
    private void takeAll() {
        Replies replica = new Replies(outbox, events, retention);
        boolean more = true;
        while (more) {
            try {
                more = replica.turn();
            } catch (DataAccessException broken) {
                // goes on, as the loop does
            }
        }
    }

    private static void breakSessions() throws SQLException {
        try (Connection superuser = TestDatabase.connectAsSuperuser(TestDatabase.url());
                Statement statement = superuser.createStatement()) {
            statement.execute("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE usename = 'event_manager' AND state <> 'idle'""");
        }
    }

    private void subscribe(String type) {
        assertThat(postJson(
                                organization,
                                "/v1/event/subscriptions",
                                "{\"eventType\":\"%s\",\"function\":\"f\"}".formatted(type))
                        .statusCode())
                .isEqualTo(201);
    }

    private void reply(String id, String type) {
        put(
                "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/f\",\"type\":\"%s\",\"dispatchhops\":3,\"data\":{\"sum\":2.50}}"
                        .formatted(id, type));
    }

    private void put(String event) {
        FUNCTION_INVOKER
                .sql("""
                        WITH added AS (
                            INSERT INTO delivery_progress.reply
                                (partition, "offset", subscription, attempt, organization, event)
                            VALUES (0, ?, 1, 1, ?, ?) RETURNING 1)
                        SELECT pg_notify('reply', '') IS NULL FROM added""")
                .param(OFFSETS.incrementAndGet())
                .param(organization)
                .param(event)
                .query(Boolean.class)
                .single();
    }

    private int waiting() {
        return jdbc.sql("SELECT count(*) FROM delivery_progress.reply WHERE organization = ? AND refused IS NULL")
                .param(organization)
                .query(Integer.class)
                .single();
    }

    private JsonNode log() {
        return json("/v1/event/events");
    }

    private JsonNode json(String path) {
        return JsonMapper.shared().readTree(get(organization, path).body());
    }
}
