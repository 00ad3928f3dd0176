package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The description of this service that contracts keeps is that of the service as it is: {@code -Dopenapi.write=true} renews it. */
class OpenApiIT extends InvokerTest {

    private static final Path KEPT =
            Path.of("..", "contracts", "src", "main", "resources", "openapi", "function-invoker.json");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    @Test
    void theDescriptionThatIsKeptIsThatOfTheService() throws IOException {
        String now =
                JSON.writeValueAsString(api("acme").get("/v3/api-docs").json()).replaceAll("http://127.0.0.1:\\d+", "/")
                        + "\n";
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, now);
        }

        assertThat(now).as("run again with -Dopenapi.write=true").isEqualTo(Files.readString(KEPT));
    }
}
