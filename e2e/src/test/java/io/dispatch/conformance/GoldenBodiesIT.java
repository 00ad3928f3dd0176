package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Contract sections 2.5, 4.1, 4.3, 4.9 and 4.10: each request is answered with these members and no others. Driver-manager and
 * function-invoker have such files of their own; {@link GoldenBodiesTests} reads all of them.
 */
@ExtendWith(StrictDispatch.class)
class GoldenBodiesIT {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final String ID = "00000000-0000-4000-8000-000000000000";

    private final Wire wire;

    GoldenBodiesIT(Wire wire) {
        this.wire = wire;
    }

    @ParameterizedTest
    @CsvSource({
        "subscription, /v1/event/subscriptions, 201",
        "image, /v1/image, 201",
        "organization, /v1/iam/organization, 201",
        "policy, /v1/iam/policy, 201",
        "service-account, /v1/iam/serviceaccount, 201",
        "emission, /v1/event, 200",
        "error, /v1/event/subscriptions, 422",
    })
    void aRequestIsAnsweredLikeThis(String name, String path, int status) throws IOException {
        wire.post("/v1/iam/organization", "{\"name\":\"%s\"}".formatted(wire.organization()))
                .is(201);

        String answer = wire.post(path, Files.readString(GOLDEN.resolve(name + "-request.json")))
                .is(status)
                .text();

        JsonNode masked =
                Wire.JSON.readTree(answer.replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"%s\"".formatted(ID))
                        .replaceAll("(created|modified)Time\":\\d{10}\\b", "$1Time\":1543565700"));
        assertThat(masked).isEqualTo(Wire.JSON.readTree(Files.readString(GOLDEN.resolve(name + "-answer.json"))));
        wire.delete("/v1/iam/organization/golden-acme");
    }
}
