package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The bodies as the original has them, member by member; times and ids apart. */
@DriverManagerTest
class GoldenBodiesIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Api acme;

    @BeforeEach
    void caller() {
        acme = Api.of(port, "acme");
    }

    @AfterEach
    void clean() {
        acme.delete("/v1/event/drivers/heartbeat");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> acme.get("/v1/event/drivers/heartbeat").status() == 404);
        acme.delete("/v1/event/drivertypes/ticker");
        acme.delete("/v1/secret/smtp");
    }

    @Test
    void aDriverType() throws IOException {
        assertThat(answer("/v1/event/drivertypes", "driver-type-request.json"))
                .isEqualTo(golden("driver-type-answer.json"));
    }

    @Test
    void aDriver() throws IOException {
        answer("/v1/event/drivertypes", "driver-type-request.json");

        // As the original's command line sends it: with nulls and what only the server says.
        assertThat(answer("/v1/event/drivers", "driver-request.json")).isEqualTo(golden("driver-answer.json"));
    }

    @Test
    void aSecret() throws IOException {
        assertThat(answer("/v1/secret", "secret-request.json")).isEqualTo(golden("secret-answer.json"));
    }

    private JsonNode answer(String path, String request) throws IOException {
        Api.Answer answer = acme.post(path, golden(request).toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        ObjectNode body = (ObjectNode) answer.json();
        for (String time : new String[] {"created-time", "modified-time"}) {
            if (body.has(time)) {
                assertThat(body.path(time).isIntegralNumber()).isTrue();
                body.put(time, 0);
            }
        }
        if (body.has("id")) {
            assertThat(body.path("id").asString()).hasSize(36);
            body.put("id", "");
        }
        return body;
    }

    private static JsonNode golden(String file) throws IOException {
        try (InputStream body = GoldenBodiesIT.class.getResourceAsStream("/golden/" + file)) {
            return JSON.readTree(Objects.requireNonNull(body, file));
        }
    }
}
