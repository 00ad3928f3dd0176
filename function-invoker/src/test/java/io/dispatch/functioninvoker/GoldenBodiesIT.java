package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of this service to the letter: {@code -Dgolden.write=true} renews the files, for a person to read. */
class GoldenBodiesIT extends InvokerTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String organization = unique("golden");

    @Test
    void aFunctionThatIsMade() throws IOException {
        check(
                "function-answer",
                api().post("/v1/function", read("function-request")).json());
    }

    @Test
    void aBaseImageThatIsMade() throws IOException {
        check(
                "base-image-answer",
                api().post("/v1/baseimage", read("base-image-request")).json());
    }

    @Test
    void aRunOfAnEventAndTheEnvelopeItSent() throws IOException {
        try (FakeFunction function = new FakeFunction()) {
            api().createFunction("send-receipt", function.url(), ",\"protocol\":\"dispatch\",\"timeout\":5000");
            function.answers(_ -> Reply.of(
                    200,
                    "{\"context\":{\"logs\":{\"stdout\":[\"mail queued\"],\"stderr\":null},\"error\":null},"
                            + "\"payload\":{\"queued\":true}}"));
            append(organization, "e1", subscribe(organization, "send-receipt"));
            await().until(() -> api().get("/v1/runs").json().size() == 1);

            check("run-of-an-event", api().get("/v1/runs").json().get(0));
            check("envelope", JSON.readTree(function.received().getFirst().body()));
        }
    }

    @Test
    void aRunThatAClientAskedForAndThatFailed() throws IOException {
        try (FakeFunction function = new FakeFunction()) {
            api().createFunction("broken", function.url(), "");
            function.answers(_ -> Reply.of(500, "{\"oh\":\"no\"}"));

            check(
                    "direct-run-that-failed",
                    api().post("/v1/runs?functionName=broken", "{\"blocking\":true,\"input\":{\"order\":4711}}")
                            .json());
        }
    }

    private Api api() {
        return api(organization);
    }

    private static String read(String name) throws IOException {
        return Files.readString(GOLDEN.resolve(name + ".json"));
    }

    private static void check(String name, JsonNode body) throws IOException {
        String now = JSON.writeValueAsString(body)
                        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID")
                        .replaceAll("(Time\" : )\\d{10}", "$1" + "1700000000")
                        .replaceAll("\"deadline\" : \"[^\"]+\"", "\"deadline\" : \"2026-11-24T12:00:05Z\"")
                + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN.resolve(name + ".json"), now);
        }

        assertThat(now).as("run again with -Dgolden.write=true").isEqualTo(read(name));
    }
}
