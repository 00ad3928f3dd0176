package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.Api.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Functions from source as they are made, changed and deleted. */
class SourceChangesIT extends SourceTest {

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void anotherSourceTakesEffectWithTheAnswer(Written written) {
        create("story", written.image, Tarball.of(written.file, written.story()), "");
        assertThat(run("story", "{\"do\":\"greet\"}").at("/output/got/do").asString())
                .isEqualTo("greet");

        Answer updated = api().put(
                        "/v1/function/story",
                        body("story", written.image, Tarball.of(written.file, written.second), ""),
                        Map.of());

        assertThat(updated.status()).as(updated.json().toString()).isEqualTo(200);
        assertThat(run("story", "{\"do\":\"greet\"}").get("output").asString()).isEqualTo("second");
        assertThat(api().put(
                                "/v1/function/story",
                                "{\"name\":\"story\",\"image\":\"%s\"}".formatted(written.image),
                                Map.of())
                        .status())
                .as("the source is required again, as in the original")
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void theSameSourceAgainChangesNothingAndTheProcessRunsOn(Written written) {
        written.story();
        String counter = written == Written.IN_NODEJS
                ? "let calls = 0; module.exports = () => ++calls;"
                : "calls = 0\ndef handle(context, payload):\n    global calls\n    calls += 1\n    return calls";
        byte[] archive = Tarball.of(written.file, counter);
        Answer made = create("story", written.image, archive, ",\"secrets\":null,\"timeout\":5000");
        assertThat(run("story", "{}").get("output").asInt()).isEqualTo(1);

        Answer updated =
                api().put("/v1/function/story", body("story", written.image, archive, ",\"timeout\":5000"), Map.of());

        assertThat(updated.etag()).isEqualTo(made.etag());
        assertThat(run("story", "{}").get("output").asInt()).isEqualTo(2);
        assertThat(api().put(
                                "/v1/function/story",
                                body(
                                        "story",
                                        written.image,
                                        Tarball.of(written.file, counter + "\n"),
                                        ",\"timeout\":5000"),
                                Map.of())
                        .etag())
                .isNotEqualTo(made.etag());
    }

    @ParameterizedTest
    @EnumSource
    void aCallUnderWayIsFinishedWhenTheSourceChangesAndThoseThatWaitMeetTheNewOne(Written written) throws Exception {
        Path begun = folder.resolve("begun");
        create("story", written.image, Tarball.of(written.file, written.story()), "");

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<JsonNode> run = threads.submit(
                    () -> run("story", "{\"do\":\"slow\",\"seconds\":2,\"begun\":\"%s\"}".formatted(begun)));
            await().until(() -> Files.exists(begun));
            List<Future<JsonNode>> waiting = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() -> run("story", "{\"do\":\"greet\"}")))
                    .toList();
            await().until(() -> api().get("/v1/runs").json().size() == 5);
            api().put(
                            "/v1/function/story",
                            body("story", written.image, Tarball.of(written.file, written.second), ""),
                            Map.of());

            assertThat(run.get().get("output").asInt()).as(run.get().toString()).isEqualTo(1);
            for (Future<JsonNode> next : waiting) {
                assertThat(next.get().get("output").asString())
                        .as(next.get().toString())
                        .isEqualTo("second");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerSaysWhereASourceOfManyFilesBegins(Written written) {
        written.story();
        boolean node = written == Written.IN_NODEJS;
        byte[] archive = node
                ? new Tarball()
                        .file("index.js", "throw new Error('not this one');")
                        .file("other.js", "throw new Error('nor this one');")
                        .file("lib/words.js", "module.exports = 'hello';")
                        .file("bin/main.js", "const words = require('../lib/words'); module.exports = () => words;")
                        .bytes()
                : new Tarball()
                        .file("other.py", "raise Exception('not this one')")
                        .file("words.py", "hello = 'hello'")
                        .file("main.py", "import words\ndef say(context, payload): return words.hello")
                        .bytes();
        String handler = node ? "./bin/main.js" : "main.say";

        create("many", written.image, archive, ",\"handler\":\"%s\"".formatted(handler));
        create("lost", written.image, archive, "");

        assertThat(run("many", "{}").get("output").asString()).isEqualTo("hello");
        awaitReason("lost", "at its top: say which one by handler");
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatCannotBeLoadedIsAnErrorWithAReason(Written written) {
        written.story();

        create("broken", written.image, Tarball.of(written.file, "this is no program"), "");

        awaitReason("broken", "cannot be loaded: SyntaxError");
        // It is tried again now and then, and until that fails too it is being loaded.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                run("broken", "{}").at("/error/message").asString())
                        .contains("cannot be loaded: SyntaxError"));
    }

    @ParameterizedTest
    @EnumSource
    void whatAnImageWouldHaveBroughtIsMissedWithAdvice(Written written) {
        written.story();
        String needy = written == Written.IN_NODEJS ? "require('left-pad-of-mine');" : "import requests_of_mine";

        create("needy", written.image, Tarball.of(written.file, needy), "");

        awaitReason(
                "needy",
                "of_mine'; images are not run: put it into the archive"
                        .replace('_', written == Written.IN_NODEJS ? '-' : '_'));
    }

    @Test
    void theLanguageIsThatOfTheImageAndAnImageMayComeLater() {
        Written.IN_NODEJS.story();
        create("late", "my-own", Tarball.of("late.js", "module.exports = () => 'here';"), "");
        awaitReason("late", "image my-own says no language");

        image("my-own", "nodejs");

        awaitReady("late");
        assertThat(run("late", "{}").get("output").asString()).isEqualTo("here");
    }

    @Test
    void aLanguageThatIsNotRunHereIsAnErrorWithAReason() {
        image("nodejs-no-more", "java");

        create("other", "nodejs-no-more", Tarball.of("Other.java", "class Other {}"), "");

        awaitReason("other", "image nodejs-no-more is for java: here functions run in nodejs and python3");
    }

    private void image(String name, String language) {
        String base = unique("base");
        api().post(
                        "/v1/baseimage",
                        "{\"name\":\"%s\",\"dockerUrl\":\"example.com/base\",\"language\":\"%s\"}"
                                .formatted(base, language));
        api().post("/v1/image", "{\"name\":\"%s\",\"baseImageName\":\"%s\"}".formatted(name, base));
    }

    @Test
    void aSourceGoesWithItsFunction() {
        create("gone", "nodejs", Tarball.of("gone.js", "module.exports = () => 1;"), "");
        assertThat(sources()).isEqualTo(1);

        api().delete("/v1/function/gone");

        assertThat(sources()).isZero();
    }

    @Test
    void aFunctionThatBecomesAnEndpointKeepsNoSource() {
        create("moves", "nodejs", Tarball.of("moves.js", "module.exports = () => 1;"), "");

        api().put("/v1/function/moves", "{\"name\":\"moves\",\"endpoint\":\"https://example.com/\"}", Map.of());

        assertThat(sources()).isZero();
        assertThat(api().get("/v1/function/moves").json().get("status").asString())
                .isEqualTo("READY");
    }

    private long sources() {
        return jdbc.sql("select count(*) from function_invoker.function_source where organization = ?")
                .param(organization)
                .query(Long.class)
                .single();
    }
}
