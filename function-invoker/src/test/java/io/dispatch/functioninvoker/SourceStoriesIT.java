package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.Api.Answer;
import io.dispatch.vault.SecretValues;
import io.dispatch.vault.Secrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Functions as people have them from the original, called in the programs that run them. */
class SourceStoriesIT extends SourceTest {

    @Autowired
    Secrets secrets;

    @ParameterizedTest
    @EnumSource
    void anEventIsARunWithItsOutputAndItsLogLines(Written written) {
        Answer made = create("story", written.image, Tarball.of(written.file, written.story()), "");
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.json().get("status").asString()).isEqualTo("INITIALIZED");
        assertThat(made.json().has("source")).isFalse();
        awaitReady("story");
        assertThat(api().get("/v1/function/story").json().has("source")).isFalse();

        append(organization, "e1", subscribe(organization, "story"));

        await().until(() -> api().get("/v1/runs").json().size() == 1);
        JsonNode run = api().get("/v1/runs").json().get(0);
        assertThat(run.get("status").asString()).as(run.toString()).isEqualTo("READY");
        assertThat(run.at("/output/event").asString()).isEqualTo("test.event");
        assertThat(run.at("/output/got/id").asString()).isEqualTo("e1");
        assertThat(run.at("/logs/stdout").toString()).isEqualTo("[\"called for e1\"]");
        assertThat(run.at("/logs/stderr").toString()).isEqualTo("[\"nothing is wrong yet\"]");
    }

    @ParameterizedTest
    @EnumSource
    void whatAFunctionThrowsIsAnErrorOfItsKindWithTheStackInTheLog(Written written) {
        create("story", written.image, Tarball.of(written.file, written.story()), "");

        JsonNode input = run("story", "{\"do\":\"input\"}");
        JsonNode failed = run("story", "{\"do\":\"fail\"}");
        JsonNode noJson = run("story", "{\"do\":\"nojson\"}");

        assertThat(input.at("/error/type").asString()).as(input.toString()).isEqualTo("InputError");
        assertThat(input.at("/error/message").asString()).isEqualTo("no order in it");
        assertThat(failed.at("/error/type").asString()).isEqualTo("FunctionError");
        assertThat(failed.at("/error/message").asString()).isEqualTo("the printer is on fire");
        assertThat(failed.at("/error/stacktrace").toString())
                .contains(written.file)
                .doesNotContain("host.");
        assertThat(failed.at("/logs/stderr/0").asString()).isEqualTo("nothing is wrong yet");
        assertThat(failed.at("/logs/stderr").toString())
                .contains("the printer is on fire")
                .contains(written.file);
        assertThat(failed.get("status").asString()).isEqualTo("ERROR");
        assertThat(noJson.at("/error/type").asString()).isEqualTo("FunctionError");
        assertThat(noJson.at("/error/message").asString()).startsWith("the answer is no JSON: ");
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTakesTooLongIsASystemErrorAndTheNextOneMeetsAFreshProcess(Written written) {
        create("story", written.image, Tarball.of(written.file, written.story()), ",\"timeout\":1000");

        JsonNode hung = run("story", "{\"do\":\"hang\"}");
        JsonNode next = run("story", "{\"do\":\"greet\"}");

        assertThat(hung.at("/error/type").asString()).as(hung.toString()).isEqualTo("SystemError");
        assertThat(hung.at("/error/message").asString())
                .isEqualTo("no whole answer within 1000 ms; the function's process was replaced");
        assertThat(next.get("status").asString()).as(next.toString()).isEqualTo("READY");
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionThatEndsItsProcessFailsThatCallOnly(Written written) {
        create("story", written.image, Tarball.of(written.file, written.story()), "");

        JsonNode ended = run("story", "{\"do\":\"end\"}");
        JsonNode next = run("story", "{\"do\":\"greet\"}");

        assertThat(ended.at("/error/type").asString()).as(ended.toString()).isEqualTo("SystemError");
        assertThat(next.get("status").asString()).as(next.toString()).isEqualTo("READY");
    }

    @ParameterizedTest
    @EnumSource
    void secretsComeByTheContextAndTheEnvironmentIsScrubbed(Written written) {
        secret("smtp", Map.of("smtp-user", "robot"));
        create("story", written.image, Tarball.of(written.file, written.story()), ",\"secrets\":[\"smtp\"]");

        JsonNode output = run("story", "{\"do\":\"secrets\"}").get("output");

        assertThat(output.get("secrets").toString()).isEqualTo("{\"smtp-user\":\"robot\"}");
        assertThat(output.get("environment").toString())
                .doesNotContain("TOKEN")
                .doesNotContain("SMTP")
                .doesNotContain("JAVA");
    }

    @ParameterizedTest
    @EnumSource
    void callsAreMadeInTurn(Written written) throws Exception {
        create("story", written.image, Tarball.of(written.file, written.story()), "");

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> runs = IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> run("story", "{\"do\":\"slow\"}")))
                    .toList();
            for (Future<JsonNode> run : runs) {
                assertThat(run.get().get("output").asInt())
                        .as(run.get().toString())
                        .isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionSeesOnlyWhatItsSchemaTakesAndGivesOnlyWhatItSays(Written written) {
        create(
                "story",
                written.image,
                Tarball.of(written.file, written.story()),
                ",\"schema\":{\"in\":{\"required\":[\"do\"]},\"out\":{\"type\":\"object\"}}");

        JsonNode good = run("story", "{\"do\":\"greet\"}");
        JsonNode badInput = run("story", "{}");
        JsonNode badOutput = run("story", "{\"do\":\"slow\"}");

        assertThat(good.get("status").asString()).as(good.toString()).isEqualTo("READY");
        assertThat(badInput.at("/error/type").asString()).isEqualTo("InputError");
        assertThat(badInput.at("/error/message").asString())
                .isEqualTo("the payload breaks schema.in: required property 'do' not found");
        assertThat(badInput.at("/logs/stdout").isNull()).isTrue();
        assertThat(badOutput.at("/error/type").asString()).isEqualTo("FunctionError");
        assertThat(badOutput.at("/error/message").asString())
                .isEqualTo("the answer breaks schema.out: integer found, object expected");
        assertThat(badOutput.at("/logs/stdout/0").asString()).isEqualTo("called for slow");
    }

    @Test
    void nobodyElseOnTheMachineMayCallAFunction() throws Exception {
        Written.IN_NODEJS.story();
        create("own", "nodejs", Tarball.of("own.js", "module.exports = () => process.env.PORT;"), "");
        String port = run("own", "{}").get("output").asString();

        HttpRequest.Builder stranger = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/".formatted(port)))
                .POST(HttpRequest.BodyPublishers.ofString("{\"context\":{},\"payload\":{}}"));

        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(stranger.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            stranger.header("Authorization", "Bearer " + UUID.randomUUID());
            assertThat(http.send(stranger.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
    }

    private void secret(String name, Map<String, String> values) {
        JdbcClient.create(DRIVER_MANAGER)
                .sql("""
                        insert into vault.secret
                            (id, organization, name, version, tags, ciphertext, created_at, modified_at)
                        values (:id, :organization, :name, 1, '[]', :ciphertext, now(), now())""")
                .param("id", UUID.randomUUID())
                .param("organization", organization)
                .param("name", name)
                .param("ciphertext", secrets.seal(organization, name, SecretValues.of(values)))
                .update();
    }
}
