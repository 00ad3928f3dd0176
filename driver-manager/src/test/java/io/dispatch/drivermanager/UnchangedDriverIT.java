package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.drivermanager.Api.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@DriverManagerTest
class UnchangedDriverIT {

    @LocalServerPort
    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api same;

    @BeforeEach
    void aCronType() {
        same = Api.of(port, "same");
        same.post("/v1/event/drivertypes", "{\"name\":\"cron\",\"image\":\"dispatchframework/cron-driver:0.1\"}");
    }

    @AfterEach
    void clean() {
        same.delete("/v1/event/drivers/heartbeat");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> same.get("/v1/event/drivers/heartbeat").status() == 404);
        same.delete("/v1/event/drivertypes/cron");
    }

    @Test
    void whatIsReplacedByTheSameStaysAsItWasAndRunsOn() {
        String type =
                "{\"name\":\"cron\",\"image\":\"dispatchframework/cron-driver:0.1\",\"expose\":false,\"tags\":null}";
        String body = "{\"name\":\"heartbeat\",\"type\":\"cron\",\"tags\":[{\"key\":\"role\",\"value\":\"example\"}],"
                + "\"config\":[{\"key\":\"cron\",\"value\":\"0 * * * ?\"},{\"key\":\"debug\",\"value\":\"\"}]}";
        Answer made = same.post("/v1/event/drivers", body);
        Answer before = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> same.get("/v1/event/drivers/heartbeat"),
                        driver -> driver.field("status").equals("READY"));

        Answer sameType = same.put("/v1/event/drivertypes/cron", type);
        Answer sameDriver = same.put("/v1/event/drivers/heartbeat", body, "If-Match", made.etag());

        assertThat(sameType.etag()).isEqualTo("\"0\"");
        assertThat(sameDriver.status()).isEqualTo(200);
        assertThat(sameDriver.etag()).isEqualTo(made.etag());
        assertThat(same.get("/v1/event/drivers/heartbeat").text()).isEqualTo(before.text());
    }

    @Test
    void theSameDriverAgainTakesTheImageThatItsTypeNamesNow() {
        String driver = "{\"name\":\"heartbeat\",\"type\":\"cron\"}";
        Answer made = same.post("/v1/event/drivers", driver);
        same.put("/v1/event/drivertypes/cron", "{\"name\":\"cron\",\"image\":\"dispatchframework/cron-driver:0.2\"}");

        Answer replaced = same.put("/v1/event/drivers/heartbeat", driver);

        assertThat(replaced.etag()).isNotEqualTo(made.etag());
    }
}
