package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A function from source is all in the database: a process that never saw it made runs it. */
class SourceRestartIT extends InvokerTest {

    private final String organization = unique("restart");

    @TempDir
    Path machine;

    @Test
    void anotherProcessRunsItWhateverStandsInItsFolder() throws IOException {
        Installed.assumeInstalled("python3");
        create("kept", "python3", Tarball.of("kept.py", "def handle(context, payload): return 'from the database'"));
        create("foreign", "nodejs", Tarball.of("foreign.js", "module.exports = () => 1;"));
        Path spoilt = Files.createDirectories(machine.resolve("work/sources/0000.unfinished"));
        Files.writeString(spoilt.resolve("kept.py"), "def handle(context, payload): return 'half'");

        try (ConfigurableApplicationContext next = start(machine.resolve("work"), onlyPython())) {
            Api api = new Api(
                    Integer.parseInt(next.getEnvironment().getRequiredProperty("local.server.port")), organization);

            await().untilAsserted(() ->
                    assertThat(api.get("/v1/function/kept").json().toString()).contains("READY"));
            JsonNode run = api.post("/v1/runs?functionName=kept", "{\"blocking\":true}")
                    .json();

            assertThat(run.get("output").asString()).as(run.toString()).isEqualTo("from the database");
            assertThat(spoilt).doesNotExist();
            JsonNode foreign = api.get("/v1/function/foreign").json();
            assertThat(foreign.get("status").asString()).isEqualTo("ERROR");
            assertThat(foreign.get("reason").get(0).asString())
                    .isEqualTo(
                            "Node.js is not installed on this machine: no program node on the path of Dispatch works;"
                                    + " install it");
        } finally {
            api(organization).delete("/v1/function/kept");
            api(organization).delete("/v1/function/foreign");
        }
    }

    /** A path on which Python is the only interpreter. */
    private Path onlyPython() throws IOException {
        Path folder = Files.createDirectories(machine.resolve("bin"));
        Path script = folder.resolve("python3");
        Files.writeString(script, "#!/bin/sh\nexec python3 \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return folder;
    }

    private static ConfigurableApplicationContext start(Path work, Path path) {
        return new SpringApplicationBuilder(FunctionInvoker.class)
                .properties(Map.of("spring.main.banner-mode", "off"))
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + TestDatabase.url(),
                        "--spring.datasource.password=" + TestDatabase.password(ServiceRole.FUNCTION_INVOKER),
                        "--dispatch.local-mode=true",
                        "--dispatch.vault.key-file=target/vault-test.key",
                        "--dispatch.functions.folder=target/test-functions",
                        "--dispatch.functions.work-folder=" + work,
                        "--dispatch.functions.path=" + path);
    }

    private void create(String name, String image, byte[] archive) {
        assertThat(api(organization)
                        .post(
                                "/v1/function",
                                "{\"name\":\"%s\",\"image\":\"%s\",\"source\":\"%s\"}"
                                        .formatted(name, image, Tarball.base64(archive)))
                        .status())
                .isEqualTo(201);
    }
}
