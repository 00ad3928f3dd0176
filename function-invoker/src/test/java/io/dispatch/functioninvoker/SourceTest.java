package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.Api.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** Functions from source of one organization, written twice: in Node.js and in Python. They are gone after each test. */
abstract class SourceTest extends InvokerTest {

    final String organization = unique("source");

    @AfterEach
    void deleteFunctions() {
        api().get("/v1/function")
                .json()
                .forEach(function ->
                        api().delete("/v1/function/" + function.get("name").asString()));
    }

    /** What the stories are written in. */
    enum Written {
        IN_NODEJS("node", "nodejs", "story.js", "module.exports = () => 'second';"),
        IN_PYTHON("python3", "python3", "story.py", "def handle(context, payload): return 'second'");

        final String image;
        final String file;
        final String second;
        private final String interpreter;

        Written(String interpreter, String image, String file, String second) {
            this.interpreter = interpreter;
            this.image = image;
            this.file = file;
            this.second = second;
        }

        String story() {
            Installed.assumeInstalled(interpreter);
            try (InputStream story = SourceTest.class.getResourceAsStream("/functions/" + file)) {
                return new String(Objects.requireNonNull(story).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    Answer create(String name, String image, byte[] archive, String more) {
        return api().post("/v1/function", body(name, image, archive, more));
    }

    static String body(String name, String image, byte[] archive, String more) {
        return "{\"name\":\"%s\",\"image\":\"%s\",\"source\":\"%s\"%s}"
                .formatted(name, image, Tarball.base64(archive), more);
    }

    JsonNode run(String function, String input) {
        return api().post("/v1/runs?functionName=" + function, "{\"blocking\":true,\"input\":%s}".formatted(input))
                .json();
    }

    void awaitReady(String function) {
        await().untilAsserted(() -> assertThat(api().get("/v1/function/" + function)
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("READY"));
    }

    void awaitReason(String function, String reason) {
        await().untilAsserted(() -> {
            JsonNode shown = api().get("/v1/function/" + function).json();
            assertThat(shown.get("status").asString()).as(shown.toString()).isEqualTo("ERROR");
            assertThat(shown.get("reason").get(0).asString()).contains(reason);
        });
    }

    Api api() {
        return api(organization);
    }
}
