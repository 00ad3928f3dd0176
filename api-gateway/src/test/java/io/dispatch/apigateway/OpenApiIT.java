package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The description that contracts keeps of the gateway is that of the gateway as it is: {@code -Dopenapi.write=true} renews it. */
class OpenApiIT {

    private static final Path KEPT =
            Path.of("..", "contracts", "src", "main", "resources", "openapi", "api-gateway.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("--dispatch.local-mode=true", "--springdoc.api-docs.enabled=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void theDescriptionThatIsKeptIsThatOfTheGateway() throws Exception {
        JsonNode document = JSON.readTree(gateway.bean(OpenApiWebMvcResource.class)
                .openapiJson(new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH));
        String now = JSON.writeValueAsString(document).replaceAll("http://localhost(:\\d+)?", "/") + "\n";
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, now);
        }

        assertThat(now).as("run again with -Dopenapi.write=true").isEqualTo(Files.readString(KEPT));
    }

    @Test
    void theMergedDocumentIsServed() throws Exception {
        JsonNode document = RunningGateway.body(gateway.get("/v1/openapi.json"));

        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.path("paths").has("/v1/iam/policy")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, 302, ''",
        "/docs/index.html, 200, text/html",
        "/docs/start.js, 200, text/javascript",
        "/docs/swagger-ui-bundle.js, 200, text/javascript",
        "/docs/swagger-ui.css, 200, text/css",
        "/docs/nothing.js, 404, application/json",
    })
    void itIsBrowsableWithoutTheInternet(String path, int status, String contentType) throws Exception {
        var answer = gateway.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(contentType);
    }
}
