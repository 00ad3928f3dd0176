package io.dispatch.eventmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.database.ServiceRole;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stories of replays are told with: an organization of its own, its events, and what became of them. */
abstract class ReplayStory extends RunningService {
    @Autowired
    JdbcClient jdbc;

    protected String organization = "";

    @BeforeEach
    void newOrganization() {
        organization = "replay-" + UUID.randomUUID();
    }

    /** While it is open no process makes replays go on. */
    protected static Connection nobodysTurn() throws SQLException {
        Connection connection = DriverManager.getConnection(
                TestDatabase.url(),
                ServiceRole.EVENT_MANAGER.roleName(),
                TestDatabase.password(ServiceRole.EVENT_MANAGER));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('event_manager replays'))");
        }
        return connection;
    }

    protected void subscribe(String name, String eventType) {
        HttpResponse<String> answer = postJson(
                organization,
                "/v1/event/subscriptions",
                "{\"name\":\"%s\",\"eventType\":\"%s\",\"function\":\"%s-function\"}".formatted(name, eventType, name));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    protected void emit(String type, String id, String data) {
        HttpResponse<String> answer = post(
                organization,
                "/v1/event",
                Map.of("Content-Type", "application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"type\":\"%s\",\"source\":\"/shop\",\"id\":\"%s\",\"data\":%s}"
                        .formatted(type, id, data));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** Events with ids from 0 on. */
    protected void emitMany(String type, int count) {
        for (int from = 0; from < count; from += 500) {
            List<String> batch = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + 500); i++) {
                batch.add("{\"specversion\":\"1.0\",\"type\":\"%s\",\"source\":\"/shop\",\"id\":\"%d\",\"data\":%d}"
                        .formatted(type, i, i));
            }
            HttpResponse<String> answer = post(
                    organization,
                    "/v1/event",
                    Map.of("Content-Type", "application/cloudevents-batch+json"),
                    "[" + String.join(",", batch) + "]");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }

    /** Begins a replay and gives its id. */
    protected UUID replay(String body) {
        HttpResponse<String> answer = postJson(organization, "/v1/replays", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = json(answer).at("/id").asString();
        assertThat(answer.headers().firstValue("Location")).contains("/v1/replays/" + id);
        return UUID.fromString(id);
    }

    protected JsonNode read(UUID replay) {
        HttpResponse<String> answer = get(organization, "/v1/replays/" + replay);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    protected JsonNode awaitEnd(UUID replay) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !read(replay).at("/state").asString().equals("running"));
        return read(replay);
    }

    /** The sender's ids of what a replay appended, in the order of the log, those of one partition after another. */
    protected List<String> copies(UUID replay) {
        return jdbc.sql("""
                        SELECT e.id FROM event_log.event e JOIN event_manager.replay r ON e.subscriptions = ARRAY[r.subscription]
                        WHERE r.id = :replay AND e.organization = r.organization ORDER BY e.partition, e."offset\"""")
                .param("replay", replay)
                .query((row, _) -> row.getString(1))
                .list();
    }

    protected static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
