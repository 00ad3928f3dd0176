package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.drivermanager.Api.Answer;
import io.dispatch.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@DriverManagerTest
class CheckpointsIT {

    private static final String KEY = "/v1/event/drivers/reader/state/last-seen";

    @LocalServerPort
    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api acme;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api itself;

    @BeforeEach
    void aDriver() throws SQLException {
        acme = Api.of(port, "acme");
        // Of an image that does not run: a checkpoint needs no process.
        acme.post("/v1/event/drivertypes", "{\"name\":\"elsewhere\",\"image\":\"example.com/reader\"}");
        acme.post("/v1/event/drivers", "{\"name\":\"reader\",\"type\":\"elsewhere\"}");
        itself = Api.as(port, "driver:" + id("reader"), "acme");
    }

    @AfterEach
    void clean() {
        for (String driver : new String[] {"reader", "another"}) {
            acme.delete("/v1/event/drivers/" + driver);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> acme.get("/v1/event/drivers/" + driver).status() == 404);
        }
        acme.delete("/v1/event/drivertypes/elsewhere");
    }

    @Test
    void aCheckpointIsKeptAsItWasWritten() {
        assertThat(itself.get(KEY).status()).isEqualTo(404);

        Answer written = itself.put(KEY, "{\"key\": 42 }", "If-None-Match", "*");

        assertThat(written.status()).isEqualTo(204);
        Answer read = itself.get(KEY);
        assertThat(read.text()).isEqualTo("{\"key\": 42 }");
        assertThat(read.etag()).isEqualTo(written.etag()).isEqualTo("\"1\"");
        assertThat(read.response().headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void whoHoldsAnOldVersionOverwritesNothing() {
        String first = itself.put(KEY, "1", "If-None-Match", "*").etag();
        String second = itself.put(KEY, "2", "If-Match", first).etag();

        Answer late = itself.put(KEY, "late", "If-Match", first);
        Answer again = itself.put(KEY, "again", "If-None-Match", "*");

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.etag()).isEqualTo(second);
        assertThat(again.status()).isEqualTo(412);
        assertThat(itself.get(KEY).text()).isEqualTo("2");
        assertThat(itself.put("/v1/event/drivers/reader/state/none", "1", "If-Match", first)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aCheckpointCanBeDeletedSoThatTheDriverStartsOver() {
        String version = itself.put(KEY, "1").etag();

        assertThat(acme.delete(KEY, "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(acme.delete(KEY, "If-Match", version).status()).isEqualTo(204);
        assertThat(itself.get(KEY).status()).isEqualTo(404);
        assertThat(acme.delete(KEY).status()).isEqualTo(404);
    }

    @Test
    void aDriverReachesItsOwnOnly() {
        acme.post("/v1/event/drivers", "{\"name\":\"another\",\"type\":\"elsewhere\"}");

        Answer answer = itself.put("/v1/event/drivers/another/state/last-seen", "1");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(acme.get("/v1/event/drivers/another/state/last-seen").status())
                .isEqualTo(404);
    }

    @Test
    void anotherOrganizationReachesNone() {
        itself.put(KEY, "1");

        assertThat(Api.of(port, "other").get(KEY).status()).isEqualTo(404);
    }

    @Test
    void badCheckpointsAreRefused() {
        assertThat(itself.put(KEY, "x".repeat(65_537)).status()).isEqualTo(413);
        assertThat(itself.put(KEY, "x".repeat(65_536)).status()).isEqualTo(204);
        assertThat(itself.put("/v1/event/drivers/reader/state/UPPER", "1").status())
                .isEqualTo(422);
    }

    @Test
    void aNameThatIsMadeAgainStartsWithoutCheckpoints() {
        itself.put(KEY, "1");

        acme.delete("/v1/event/drivers/reader");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> acme.post("/v1/event/drivers", "{\"name\":\"reader\",\"type\":\"elsewhere\"}")
                                .status()
                        == 201);

        assertThat(acme.get(KEY).status()).isEqualTo(404);
        assertThat(itself.get(KEY).status()).isEqualTo(403);
    }

    private static String id(String driver) throws SQLException {
        try (Connection connection = TestDatabase.connectAsSuperuser(TestDatabase.url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select id from driver_manager.driver where name = '%s'".formatted(driver))) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
