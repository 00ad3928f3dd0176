package io.dispatch.drivermanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The description of this service that contracts keeps is that of the service as it is: {@code -Dopenapi.write=true} renews it. */
@DriverManagerTest
class OpenApiIT {

    private static final Path KEPT =
            Path.of("..", "contracts", "src", "main", "resources", "openapi", "driver-manager.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    @LocalServerPort
    private int port;

    @Test
    void theDescriptionThatIsKeptIsThatOfTheService() throws IOException {
        JsonNode document =
                JSON.readTree(Api.of(port, "acme").get("/v3/api-docs").text());
        String now = JSON.writeValueAsString(document).replaceAll("http://127.0.0.1:\\d+", "/") + "\n";
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, now);
        }

        assertThat(now).as("run again with -Dopenapi.write=true").isEqualTo(Files.readString(KEPT));
    }
}
