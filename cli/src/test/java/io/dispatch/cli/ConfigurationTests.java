package io.dispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which server is meant, and who calls it (contract section 12.1). */
class ConfigurationTests {

    @TempDir
    Path home;

    @RegisterExtension
    final RecordingServer server = new RecordingServer()
            .on("GET /v1/event/subscriptions", 200, "[]")
            .on("GET /home", 200, "{\"message\":\"Welcome\"}");

    @Test
    void theFlagWinsOverTheVariableAndThatOverTheContext() throws IOException {
        writeContext("acme");
        Command command = new Command(home);

        command.run("get", "subscription");
        command.with("DISPATCH_ORGANIZATION", "by-variable").run("get", "subscription");
        command.run("--organization", "by-flag", "get", "subscription");
        command.run("get", "subscription", "--organization", "by-flag");

        assertThat(server.requests().stream().map(request -> request.headers().get("X-dispatch-org")))
                .containsExactly("acme", "by-variable", "by-flag", "by-flag");
    }

    @Test
    void whatIsNotKnownInTheFileIsKept() throws IOException {
        writeContext("acme");

        Command.Result result = new Command(home).run("login", "--token", "t0ken");

        assertThat(result.out()).isEqualTo("You have successfully logged in\n");
        assertThat(Files.readString(home.resolve(".dispatch/config.json")))
                .contains("\"namespace\": \"dispatch\"", "\"token\": \"t0ken\"", "\"other\": 1");
        assertThat(Files.getPosixFilePermissions(home.resolve(".dispatch/config.json")))
                .hasSize(2);
    }

    @Test
    void aHalfWrittenFileIsToldInOneLine() throws IOException {
        Files.createDirectories(home.resolve(".dispatch"));
        Files.writeString(home.resolve(".dispatch/config.json"), "{\"current\": \"dev\", ");

        Command.Result result = new Command(home).run("get", "subscription");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("config.json cannot be read (line 1").hasLineCount(1);
    }

    @Test
    void aFileInTomlIsToldInOneLine() throws IOException {
        Path file = home.resolve(".dispatch/config.toml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "current = \"dev\"\n");

        Command.Result result = new Command(home).run("get", "subscription");

        assertThat(result)
                .isEqualTo(new Command.Result(
                        1,
                        "",
                        "The config file %s is in TOML, which is not read: write the same as JSON to %s.\n"
                                .formatted(file, home.resolve(".dispatch/config.json"))));
    }

    @Test
    void withoutAnythingItIsTheServerThatUpRecorded() throws IOException {
        record(ProcessHandle.current().pid());

        new Command(home).with("DISPATCH_ROOT", home.toString()).run("get", "subscription");

        assertThat(server.requests().getFirst().headers()).containsEntry("X-dispatch-org", "dispatch");
    }

    @Test
    void aRecordOfAProcessThatIsGoneIsIgnored() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        record(ended.pid());

        Command.Result result =
                new Command(home).with("DISPATCH_ROOT", home.toString()).run("doctor");

        assertThat(result.out()).contains("https://localhost:443");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsToldInOneLine() {
        int port = server.port();
        server.close();

        Command.Result result = new Command(home)
                .run(
                        "get",
                        "subscription",
                        "--scheme",
                        "http",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains("connection refused")
                .contains("dispatch up")
                .hasLineCount(1);
    }

    private void record(long pid) throws IOException {
        Files.createDirectories(home.resolve(".dispatch"));
        Files.writeString(
                home.resolve(".dispatch/server.json"),
                "{\"url\":\"http://127.0.0.1:%d\",\"pid\":%d,\"organization\":\"dispatch\"}"
                        .formatted(server.port(), pid));
    }

    private void writeContext(String organization) throws IOException {
        Files.createDirectories(home.resolve(".dispatch"));
        Files.writeString(home.resolve(".dispatch/config.json"), """
                {"current":"dev","other":1,"contexts":{"dev":{"host":"127.0.0.1","port":%d,"scheme":"http",
                "organization":"%s","cookie":"","namespace":"dispatch"}}}""".formatted(server.port(), organization));
    }
}
