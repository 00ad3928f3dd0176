package io.dispatch.functioninvoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.Api.Answer;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import io.dispatch.vault.SecretValues;
import io.dispatch.vault.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class FunctionsIT extends InvokerTest {

    private final FakeFunction function = new FakeFunction();
    private final String organization = unique("functions");

    @Autowired
    Secrets secrets;

    @AfterEach
    void close() {
        function.close();
    }

    @Test
    void aFunctionIsMadeReadReplacedAndDeleted() {
        Answer made = api().post(
                        "/v1/function",
                        "{\"name\":\"greet\",\"endpoint\":\"https://example.com/greet\",\"timeout\":5000,\"kind\":\"Function\","
                                + "\"status\":\"READY\",\"tags\":[{\"key\":\"Application\",\"value\":\"shop\"}]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("status").asString()).isEqualTo("INITIALIZED");
        assertThat(made.json().get("kind").asString()).isEqualTo("Function");
        assertThat(made.json().get("secrets").isNull()).isTrue();
        assertThat(api().post(
                                "/v1/function",
                                "{\"name\":\"plain\",\"endpoint\":\"https://example.com/\",\"timeout\":0,\"image\":\"\"}")
                        .json()
                        .propertyNames())
                .doesNotContain("timeout", "image", "handler");
        assertThat(api().post("/v1/function", "{\"name\":\"greet\",\"endpoint\":\"https://example.com/\"}")
                        .status())
                .isEqualTo(409);

        Answer read = api().get("/v1/function/greet");
        assertThat(read.json().get("status").asString()).isEqualTo("READY");
        assertThat(read.json().get("id")).isEqualTo(made.json().get("id"));
        assertThat(api().get("/v1/function?tags=app=shop").json()).hasSize(1);
        assertThat(api().get("/v1/function/?tags=app=other").json()).isEmpty();

        String next = "{\"name\":\"greet\",\"endpoint\":\"https://example.com/2\"}";
        Answer replaced = api().put("/v1/function/greet", next, Map.of("If-Match", read.etag()));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().has("timeout")).isFalse();
        assertThat(replaced.etag()).isNotEqualTo(read.etag());
        assertThat(api().put("/v1/function/greet", next, Map.of("If-Match", read.etag()))
                        .status())
                .isEqualTo(412);
        assertThat(api().put("/v1/function/greet", "{\"name\":\"x\",\"endpoint\":\"https://example.com/\"}", Map.of())
                        .status())
                .isEqualTo(400);

        assertThat(api().delete("/v1/function/greet").json().get("status").asString())
                .isEqualTo("DELETING");
        assertThat(api().get("/v1/function/greet").json().get("message").asString())
                .isEqualTo("function greet not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/function | {'name':'same','endpoint':'https://example.com/','timeout':0,'handler':'','tags':[{'key':'a','value':'b'}],"
                        + "'schema':{'in':{'type':'object','maximum':2.50}}} | {'schema':{'out':null,'in':{'maximum':2.50,'type':'object'}},"
                        + "'endpoint':'https://example.com/','name':'same','tags':[{'key':'a','value':'b'}],'status':'READY'}",
                "/v1/baseimage | {'name':'same','dockerUrl':'a/b','language':'nodejs','groups':['g']}"
                        + " | {'language':'nodejs','dockerUrl':'a/b','name':'same','groups':['g'],'reason':null}",
                "/v1/image | {'name':'same','baseImageName':'base','runtimeDependencies':{'manifest':'requests'}}"
                        + " | {'name':'same','baseImageName':'base','runtimeDependencies':{'manifest':'requests'},'tags':null}",
            })
    void whatIsReplacedByTheSameStaysAsItWas(String path, String wanted, String same) {
        Answer made = api().post(path, wanted.replace('\'', '"'));
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        JsonNode before = api().get(path + "/same").json();

        Answer replaced = api().put(path + "/same", same.replace('\'', '"'), Map.of("If-Match", made.etag()));

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.etag()).isEqualTo(made.etag());
        assertThat(api().get(path + "/same").json()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"endpoint\":\"https://example.com/\"} | 422 | 602",
                "{\"name\":\"-x\",\"endpoint\":\"https://example.com/\"} | 422 | 605",
                "{\"name\":\"f\"} | 400 | 400",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"command\":[\"x\"]} | 400 | 400",
                "{\"name\":\"f\",\"endpoint\":\"ftp://example.com/\"} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"https://user@example.com/\"} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"example.com\"} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"http://a b/\"} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"timeout\":900001} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"timeout\":-1} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"protocol\":\"soap\"} | 422 | 606",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"headers\":[{\"name\":\"Host\",\"value\":\"x\"}]} | 422 | 601",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"headers\":[{\"name\":\"X\"}]} | 400 | 400",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"tags\":[null]} | 422 | 602",
                "{\"name\":\"f\",\"source\": | 400 | 400",
                "{\"name\":\"f\",\"endpoint\":\"https://example.com/\",\"image\":\"\\u0000\"} | 400 | 400",
            })
    void whatCannotBeAFunctionIsToldWhy(String body, int status, int code) {
        Answer answer = api().post("/v1/function", body);

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertThat(answer.json().get("code").asInt()).isEqualTo(code);
    }

    @Test
    void secretsReachAnEndpointByHeadersOnly() {
        secret("api", Map.of("token", "s3cret"));
        api().createFunction(
                        "closed",
                        function.url(),
                        ",\"secrets\":[\"api\"],\"headers\":[{\"name\":\"X-Token\",\"secret\":\"api\",\"key\":\"token\"},"
                                + "{\"name\":\"X-Plain\",\"value\":\"plain\"}]");

        api().post("/v1/runs?functionName=closed", "{\"blocking\":true,\"input\":{}}");

        assertThat(function.received()).singleElement().satisfies(call -> {
            assertThat(call.header("x-token")).isEqualTo("s3cret");
            assertThat(call.header("x-plain")).isEqualTo("plain");
            assertThat(call.body()).doesNotContain("s3cret");
        });
    }

    @Test
    void aSecretThatIsMissingIsAVisibleReason() {
        api().createFunction("poor", function.url(), ",\"secrets\":[\"nowhere\"]");

        JsonNode run =
                api().post("/v1/runs?functionName=poor", "{\"blocking\":true}").json();

        assertThat(run.get("error").get("message").asString()).isEqualTo("secret nowhere not found");
        assertThat(api().get("/v1/function/poor").json().get("status").asString())
                .isEqualTo("ERROR");
        assertThat(api().get("/v1/function/poor").json().get("reason").get(0).asString())
                .isEqualTo("secret nowhere not found");
        assertThat(function.received()).isEmpty();
    }

    @Test
    void aDispatchFunctionGetsTheEnvelopeAndAnswersInIt() {
        secret("smtp", Map.of("smtp-user", "robot"));
        api().createFunction(
                        "old", function.url(), ",\"protocol\":\"dispatch\",\"secrets\":[\"smtp\"],\"timeout\":5000");
        function.answers(
                _ -> Reply.of(
                        200,
                        "{\"context\":{\"logs\":{\"stdout\":[\"mail queued\"],\"stderr\":[]},\"error\":null},\"payload\":{\"queued\":true}}"));
        long subscription = subscribe(organization, "old", "smtp");

        append(organization, "e1", subscription);

        await().untilAsserted(() -> assertThat(api().get("/v1/runs").json()).hasSize(1));
        JsonNode body = tools.jackson.databind.json.JsonMapper.shared()
                .readTree(function.received().getFirst().body());
        assertThat(body.at("/context/event/eventType").asString()).isEqualTo("test.event");
        assertThat(body.at("/context/event/cloudEventsVersion").asString()).isEqualTo("0.1");
        assertThat(body.at("/context/event/data").isNull()).isTrue();
        assertThat(body.at("/context/secrets/smtp-user").asString()).isEqualTo("robot");
        assertThat(body.at("/context/deadline").asString()).endsWith("Z");
        assertThat(body.at("/payload/id").asString()).isEqualTo("e1");
        JsonNode run = api().get("/v1/runs").json().get(0);
        assertThat(run.at("/output/queued").asBoolean()).isTrue();
        assertThat(run.at("/logs/stdout/0").asString()).isEqualTo("mail queued");
        assertThat(run.at("/secrets/0").asString()).isEqualTo("smtp");
        assertThat(api().get("/v1/runs/" + run.get("name").asString()).json().get("secrets"))
                .isEqualTo(run.get("secrets"));
    }

    @Test
    void aDispatchFunctionThatSaysInputErrorIsNotCalledAgain() {
        api().createFunction("picky", function.url(), ",\"protocol\":\"dispatch\"");
        function.answers(_ -> Reply.of(
                200, "{\"context\":{\"error\":{\"type\":\"InputError\",\"message\":\"no\",\"stacktrace\":[\"a\"]}}}"));
        long subscription = subscribe(organization, "picky");

        append(organization, "e1", subscription);

        await().untilAsserted(() -> assertThat(
                        api().get("/v1/deadletters?function=picky").json())
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.get("reason").asString()).isEqualTo("no");
                    assertThat(dead.at("/event/id").asString()).isEqualTo("e1");
                    assertThat(dead.get("attempts").asInt()).isEqualTo(1);
                }));
        assertThat(api().get("/v1/deadletters?function=other").json()).isEmpty();
        assertThat(api(unique("other")).get("/v1/deadletters").json()).isEmpty();
    }

    @Test
    void deadLettersComeInPagesThatLinkToTheNext() {
        api().createFunction("paged", function.url(), ",\"protocol\":\"dispatch\"");
        function.answers(_ -> Reply.of(
                200, "{\"context\":{\"error\":{\"type\":\"InputError\",\"message\":\"no\",\"stacktrace\":[]}}}"));
        long subscription = subscribe(organization, "paged");
        for (int i = 0; i < 5; i++) {
            append(organization, "paged-" + i, subscription);
        }
        await().until(() -> api().get("/v1/deadletters?function=paged").json().size() == 5);
        List<String> all = api().get("/v1/deadletters?function=paged").json().findValuesAsString("diedAt");

        List<String> paged = new ArrayList<>();
        String next = "/v1/deadletters?function=paged&limit=2";
        while (!next.isEmpty()) {
            Api.Answer page = api().get(next);
            paged.addAll(page.json().findValuesAsString("diedAt"));
            String link = page.headers().getOrDefault("link", List.of("")).getFirst();
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }

        assertThat(paged).isEqualTo(all);
        assertThat(api().get("/v1/deadletters?cursor=yesterday").status()).isEqualTo(400);
    }

    @Test
    void aCommandIsStartedCalledAndEnded() {
        Answer made = api().post("/v1/function", "{\"name\":\"prog\",\"command\":[\"echo\",\"hello\"]}");
        assertThat(made.status()).isEqualTo(201);
        await().until(() ->
                api().get("/v1/function/prog").json().get("status").asString().equals("READY"));

        JsonNode run = api().post("/v1/runs?functionName=prog", "{\"blocking\":true,\"input\":{\"a\":1}}")
                .json();

        assertThat(run.get("output").toString())
                .isEqualTo("{\"argument\":\"hello\",\"got\":{\"a\":1},\"inherited\":false}");
        api().delete("/v1/function/prog");
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("Echo.java")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"../../../pom.xml", "/bin/sh", "escape", "missing"})
    void aProgramOutsideTheFolderIsNotRun(String program) {
        api().post("/v1/function", "{\"name\":\"outside\",\"command\":[\"%s\"]}".formatted(program));

        JsonNode shown = api().get("/v1/function/outside").json();

        assertThat(shown.get("status").asString()).isEqualTo("ERROR");
        assertThat(shown.get("reason").get(0).asString())
                .contains("functions folder")
                .contains(program);
    }

    @Test
    void imagesAndBaseImagesAreKept() {
        Answer base = api().post(
                        "/v1/baseimage",
                        "{\"name\":\"nodejs-base\",\"dockerUrl\":\"registry.example.com/nodejs-base:1\",\"language\":\"nodejs\","
                                + "\"groups\":null,\"reason\":null,\"tags\":null}");
        Answer image = api().post("/v1/image", "{\"name\":\"nodejs\",\"baseImageName\":\"nodejs-base\"}");

        assertThat(List.of(base.status(), image.status())).containsExactly(201, 201);
        assertThat(base.json().get("status").asString()).isEqualTo("INITIALIZED");
        JsonNode read = api().get("/v1/image/nodejs").json();
        assertThat(read.get("status").asString()).isEqualTo("READY");
        assertThat(read.get("language").asString()).isEqualTo("nodejs");
        assertThat(api().get("/v1/baseimage").json()).hasSize(1);
        assertThat(api().delete("/v1/baseimage/nodejs-base").status()).isEqualTo(200);
        assertThat(api().get("/v1/image/nodejs").json().get("reason").get(0).asString())
                .isEqualTo("base image nodejs-base not found");
        assertThat(api(unique("other")).get("/v1/image/nodejs").status()).isEqualTo(404);
    }

    private Api api() {
        return api(organization);
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
