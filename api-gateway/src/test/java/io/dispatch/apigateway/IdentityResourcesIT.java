package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The resources under {@code /v1/iam} (contract section 4.9). */
class IdentityResourcesIT {

    private static final TestAccount BOT = TestAccount.of("dispatch/ci-bot");

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("--dispatch.local-mode=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpResponse<String> put(String path, String json, String... headers) throws Exception {
        var request =
                gateway.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json));
        return gateway.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<String> delete(String path) throws Exception {
        return gateway.send(gateway.request(path).DELETE());
    }

    @Test
    void anOrganizationIsMadeShownReplacedAndDeleted() throws Exception {
        HttpResponse<String> made = gateway.post("/v1/iam/organization/", "{\"name\":\"acme\",\"tags\":null}");
        HttpResponse<String> again = gateway.post("/v1/iam/organization", "{\"name\":\"acme\"}");
        HttpResponse<String> shown = gateway.get("/v1/iam/organization/acme");
        HttpResponse<String> replaced = put("/v1/iam/organization/acme", "{\"name\":\"acme\"}");
        HttpResponse<String> deleted = delete("/v1/iam/organization/acme");

        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode body = RunningGateway.body(made);
        assertThat(body.path("kind").asString()).isEqualTo("Organization");
        assertThat(body.path("status").asString()).isEqualTo("READY");
        assertThat(body.path("createdTime").isIntegralNumber()).isTrue();
        assertThat(body.path("id").asString()).hasSize(36);
        assertThat(made.headers().firstValue("ETag")).hasValue("\"0\"");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(RunningGateway.body(again).path("message").asString()).isEqualTo("organization acme already exists");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.headers().firstValue("ETag")).hasValue("\"0\"");
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.body(deleted).path("status").asString()).isEqualTo("DELETING");
        assertThat(gateway.get("/v1/iam/organization/acme").statusCode()).isEqualTo(404);
        assertThat(delete("/v1/iam/organization/acme").statusCode()).isEqualTo(404);
    }

    @Test
    void aServiceAccountIsMadeShownReplacedAndDeleted() throws Exception {
        HttpResponse<String> made = gateway.post("/v1/iam/serviceaccount", Administrator.json(BOT));
        HttpResponse<String> list = gateway.get("/v1/iam/serviceaccount");
        HttpResponse<String> replaced = put(
                "/v1/iam/serviceaccount/ci-bot",
                Administrator.json(TestAccount.of("dispatch/ci-bot")),
                "If-Match",
                "\"0\"");
        HttpResponse<String> outdated =
                put("/v1/iam/serviceaccount/ci-bot", Administrator.json(BOT), "If-Match", "\"0\"");
        HttpResponse<String> deleted = delete("/v1/iam/serviceaccount/ci-bot");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(RunningGateway.body(made).path("kind").asString()).isEqualTo("ServiceAccount");
        assertThat(RunningGateway.body(made).path("publicKey").asString()).isEqualTo(BOT.publicKey());
        assertThat(RunningGateway.body(made).has("domain")).isFalse();
        assertThat(RunningGateway.body(list).size()).isEqualTo(1);
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(outdated.statusCode()).isEqualTo(412);
        assertThat(outdated.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(gateway.get("/v1/iam/serviceaccount").body()).isEqualTo("[]");
    }

    @Test
    void aPolicyIsMadeShownReplacedAndDeleted() throws Exception {
        HttpResponse<String> made = gateway.post(
                "/v1/iam/policy",
                Administrator.policy("event-writers", false, "ci-bot ann@example.com", "event", "create get"));
        HttpResponse<String> shown = gateway.get("/v1/iam/policy/event-writers");
        HttpResponse<String> replaced =
                put("/v1/iam/policy/event-writers", Administrator.policy("event-writers", true, "other/bot", "*", "*"));
        HttpResponse<String> deleted = delete("/v1/iam/policy/event-writers");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(RunningGateway.body(made).path("status").asString()).isEqualTo("CREATING");
        assertThat(RunningGateway.body(made).has("global")).isFalse();
        assertThat(RunningGateway.body(shown).path("status").asString()).isEqualTo("READY");
        assertThat(RunningGateway.body(shown).at("/rules/0/subjects/1").asString())
                .isEqualTo("ann@example.com");
        assertThat(RunningGateway.body(shown).at("/rules/0/actions").size()).isEqualTo(2);
        assertThat(RunningGateway.body(replaced).path("global").asBoolean()).isTrue();
        assertThat(RunningGateway.body(replaced).path("status").asString()).isEqualTo("UPDATING");
        assertThat(RunningGateway.body(deleted).path("status").asString()).isEqualTo("DELETING");
        assertThat(gateway.get("/v1/iam/policy/event-writers").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsReplacedByTheSameStaysAsItWas() throws Exception {
        String account = Administrator.json(TestAccount.of("dispatch/same"));
        String policy = Administrator.policy("same", false, "same", "event function", "create get");
        String other = Administrator.policy("same", false, "same", "event function", "get");
        gateway.post("/v1/iam/serviceaccount", account);
        gateway.post("/v1/iam/policy", policy);
        String accountBefore = gateway.get("/v1/iam/serviceaccount/same").body();

        HttpResponse<String> sameAccount = put("/v1/iam/serviceaccount/same", account, "If-Match", "\"0\"");
        HttpResponse<String> samePolicy = put("/v1/iam/policy/same", policy, "If-Match", "\"0\"");
        HttpResponse<String> otherPolicy = put("/v1/iam/policy/same", other, "If-Match", "\"0\"");

        assertThat(sameAccount.statusCode()).isEqualTo(200);
        assertThat(sameAccount.headers().firstValue("ETag")).hasValue("\"0\"");
        assertThat(gateway.get("/v1/iam/serviceaccount/same").body()).isEqualTo(accountBefore);
        assertThat(samePolicy.headers().firstValue("ETag")).hasValue("\"0\"");
        assertThat(otherPolicy.headers().firstValue("ETag")).hasValue("\"1\"");
        delete("/v1/iam/serviceaccount/same");
        delete("/v1/iam/policy/same");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /v1/iam/organization   | {                                        | 400 | 400 | -
            /v1/iam/organization   | {}                                       | 422 | 602 | name in body is required
            /v1/iam/organization   | {"name":"a.b"}                           | 422 | 605 | name in body should match '^[\\w\\d\\-]+$'
            /v1/iam/organization   | {"name":7}                               | 400 | 400 | -
            /v1/iam/serviceaccount | {"name":"a"}                             | 422 | 602 | publicKey in body is required
            /v1/iam/serviceaccount | {"name":"a/b","publicKey":"eA=="}        | 422 | 605 | name in body should match '^[\\w\\d\\-\\.]+$'
            /v1/iam/serviceaccount | {"name":"a","publicKey":"***"}           | 400 | 400 | -
            /v1/iam/serviceaccount | {"name":"a","publicKey":"aGVsbG8="}      | 400 | 400 | publicKey in body should be base64 of a PEM with "-----BEGIN PUBLIC KEY-----"
            /v1/iam/policy         | {"name":"p"}                             | 422 | 602 | rules in body is required
            /v1/iam/policy         | {"name":"p","rules":[]}                  | 422 | 604 | -
            /v1/iam/policy         | {"name":"p","rules":[null]}              | 422 | 602 | -
            /v1/iam/policy         | {"name":"p","rules":[{}]}                | 422 | 602 | rules[0].actions in body is required
            /v1/iam/policy         | {"name":"p","rules":"x"}                 | 400 | 400 | -
            /v1/iam/policy         | {"name":"-","rules":[]}                  | 422 | 605 | -
            /v1/iam/policy         | {"name":"p","rules":[{"subjects":["a b"],"resources":["*"],"actions":["*"]}]} | 422 | 605 | -
            /v1/iam/policy         | {"name":"p","rules":[{"subjects":[null],"resources":["*"],"actions":["*"]}]}  | 422 | 602 | -
            """)
    void aBadBodyIsToldWhatIsBadAboutIt(String path, String body, int status, int code, String message)
            throws Exception {
        HttpResponse<String> answer = gateway.post(path, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(RunningGateway.body(answer).path("code").asInt()).isEqualTo(code);
        if (message != null) {
            assertThat(RunningGateway.body(answer).path("message").asString()).isEqualTo(message);
        }
    }

    @Test
    void aKeyThatIsTooShortToBeSafeIsRefused() throws Exception {
        HttpResponse<String> answer =
                gateway.post("/v1/iam/serviceaccount", Administrator.json(TestAccount.of("dispatch/weak", 1024)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("publicKey in body should be an RSA key of 2048 to 16384 bits, but has 1024");
    }

    @Test
    void aNameIsForLife() throws Exception {
        gateway.post("/v1/iam/organization", "{\"name\":\"lasting\"}");

        HttpResponse<String> answer = put("/v1/iam/organization/lasting", "{\"name\":\"other\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningGateway.body(answer).path("message").asString())
                .isEqualTo("name in body should be lasting, the name of the organization in the path, but was other");
    }

    @Test
    void whatWouldBelongToNobodyIsNotMade() throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/iam/serviceaccount")
                .header("X-Dispatch-Org", "nowhere")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Administrator.json(TestAccount.of("nowhere/a")))));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(RunningGateway.body(answer).path("message").asString()).isEqualTo("organization nowhere not found");
    }
}
