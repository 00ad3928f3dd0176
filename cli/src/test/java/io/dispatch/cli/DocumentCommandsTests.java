package io.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files of documents (contract section 11). */
class DocumentCommandsTests {

    @TempDir
    Path home;

    @RegisterExtension
    final RecordingServer server = new RecordingServer();

    private Command command;

    @BeforeEach
    void start() {
        command = Command.to(server, home);
    }

    @Test
    void documentsAreCreatedInTheirOrder() throws IOException {
        server.on("POST /v1/event/drivertypes", 201, "{}").on("POST /v1/secret", 201, "{}");
        Files.writeString(home.resolve("all.yaml"), """
                kind: DriverType
                name: ticker
                image: a --- b
                ---
                kind: Sekret
                name: skipped
                ---
                kind: Secret
                name: smtp
                secrets:
                  text: "a---b"
                """);

        Command.Result result = command.run("create", "-f", "all.yaml", "-w", home.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("Created DriverType: ticker\nCreated Secret: smtp\n");
        assertThat(result.err()).contains("Did you mean Secret?");
        assertThat(server.requests().getLast().body()).contains("\"text\":\"a---b\"");
    }

    @Test
    void applySaysUpdatedOfWhatIsThereAndLeavesItToTheServerWhetherThatIsAChange() throws IOException {
        Files.writeString(home.resolve("s.yaml"), "kind: Subscription\nname: s\neventType: e\nfunction: f\n");
        server.on(
                        "GET /v1/event/subscriptions/s",
                        200,
                        "{\"name\":\"s\",\"eventType\":\"e\",\"function\":\"f\"}",
                        "\"1\"")
                .on("PUT /v1/event/subscriptions/s", 200, "{\"name\":\"s\"}");

        Command.Result result =
                command.run("apply", "-f", home.resolve("s.yaml").toString());

        assertThat(result.out()).isEqualTo("Updated Subscription: s\n");
        assertThat(server.requests("PUT")).hasSize(1);
    }

    @Test
    void applyReplacesTheVersionItHasSeen() throws IOException {
        Files.writeString(home.resolve("s.yaml"), "kind: Subscription\nname: s\neventType: e2\nfunction: f\n");
        server.on(
                        "GET /v1/event/subscriptions/s",
                        200,
                        "{\"name\":\"s\",\"eventType\":\"e\",\"function\":\"f\"}",
                        "\"7\"")
                .on("PUT /v1/event/subscriptions/s", 412, "{\"code\":412,\"message\":\"it is at version 8\"}");

        Command.Result result =
                command.run("apply", "-f", home.resolve("s.yaml").toString());

        assertThat(server.requests("PUT").getFirst().headers()).containsEntry("If-match", "\"7\"");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("[Code: 412] ")
                .contains("apply again")
                .hasLineCount(1);
    }

    @Test
    void applyCreatesWhatIsNotThere() throws IOException {
        Files.writeString(home.resolve("s.yaml"), "kind: Subscription\nname: s\neventType: e\nfunction: f\n");
        server.on("POST /v1/event/subscriptions", 201, "{}");

        assertThat(command.run("apply", "-f", home.resolve("s.yaml").toString()).out())
                .isEqualTo("Created Subscription: s\n");
    }

    @Test
    void aFunctionsSourceIsPackedTheSameWayEachTime() throws IOException {
        Files.writeString(home.resolve("hello.py"), "def handle(context, payload):\n    return payload\n");
        Files.writeString(
                home.resolve("f.yaml"), "kind: Function\nname: hello\nimage: python3\nsourcePath: hello.py\n");
        server.on("POST /v1/function", 201, "{}");

        command.run("create", "-f", "f.yaml", "-w", home.toString());
        command.run("create", "-f", "f.yaml", "-w", home.toString());

        assertThat(server.requests().getFirst().body())
                .contains("\"source\":\"H4sI")
                .doesNotContain("sourcePath")
                .isEqualTo(server.requests().getLast().body());
    }

    @Test
    void seedImagesAreFourOfEach() {
        server.on("POST /v1/baseimage", 201, "{}").on("POST /v1/image", 201, "{}");

        assertThat(command.run("create", "seed-images").out().lines())
                .hasSize(8)
                .startsWith("Created BaseImage: nodejs-base")
                .endsWith("Created Image: java");
    }

    @Test
    void aFileThatIsNoYamlIsToldInOneLineBeforeAnythingIsDone() throws IOException {
        Files.writeString(home.resolve("bad.yaml"), "kind: Secret\nname: a\n---\nkind: [\n");

        Command.Result result =
                command.run("create", "-f", home.resolve("bad.yaml").toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("is no YAML: line").hasLineCount(1);
        assertThat(server.requests()).isEmpty();
    }
}
