package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In local mode whoever sits at the machine needs no credential, and no web page gets in. */
class LocalModeIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("--dispatch.local-mode=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.upstream().answers(null);
    }

    @Test
    void theGuidesOwnCommandGetsThroughAsItIs() throws Exception {
        String body = "{ \"event\": { \"source\": \"dispatch\", \"cloudEventsVersion\": \"0.1\", } }";

        HttpResponse<String> answer = gateway.send(gateway.request("/v1/event/")
                .header("Cookie", "cookie")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(gateway.upstream().last().organization()).isEqualTo("dispatch");
        assertThat(gateway.upstream().last().body()).isEqualTo(body);
        assertThat(gateway.upstream().last().header("Content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void theOrganizationDispatchIsThereFromTheStart() throws Exception {
        assertThat(RunningGateway.body(gateway.get("/v1/iam/organization"))
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("dispatch");
        assertThat(gateway.get("/home").body()).contains("dispatch");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:8080, 200",
        "127.0.0.1:9, 200",
        "[::1]:8080, 200",
        "evil.example, 403",
        "evil.example:8080, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "127.0.0.2, 403",
        "[::2], 403",
    })
    void onlyTheNamesOfThisMachineAreAnswered(String host, int status) throws Exception {
        String answer = gateway.raw("GET /v1/secret HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:3000", "http://localhost.evil.example"})
    void aPageFromElsewhereIsRefused(String origin) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/secret").header("Origin", origin));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @Test
    void aPageOfOurOwnIsAnswered() throws Exception {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/v1/secret").header("Origin", "http://localhost:" + gateway.port()));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Basic dXNlcjpwYXNz", "Bearer a.b.c", "Bearer"})
    void anAuthorizationThatIsSentIsCheckedAndNotIgnored(String authorization) throws Exception {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/v1/secret").header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, 605, X-Dispatch-Org in header should match '^[\\w\\d\\-]+$'",
        "a.b, 605, X-Dispatch-Org in header should match '^[\\w\\d\\-]+$'",
    })
    void anOrganizationIsAName(String organization, int code, String message) throws Exception {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/v1/secret").header("X-Dispatch-Org", organization));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(RunningGateway.body(answer).path("code").asInt()).isEqualTo(code);
        assertThat(RunningGateway.body(answer).path("message").asString()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json; charset=utf-8, 200",
        "Application/JSON, 200",
        "text/plain, 415",
        "application/cloudevents+json, 415",
        "application, 415",
    })
    void bodiesAreJson(String contentType, int status) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/secret")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents-batch+json", "text/plain"})
    void eventsMayBeAnything(String contentType) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/event")
                .header("Content-Type", contentType)
                .header("ce-id", "1")
                .POST(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(gateway.upstream().last().header("Content-type")).isEqualTo(contentType);
        assertThat(gateway.upstream().last().header("Ce-id")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/iam/redirect", "/v1/iam/oauth2", "/v1/iam/oauth2/start", "/v1/api", "/v1/api/a"})
    void whatThisEditionDoesNotHaveSaysSo(String path) throws Exception {
        HttpResponse<String> answer = gateway.get(path);

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(RunningGateway.body(answer).path("message").asString()).isNotBlank();
    }

    @Test
    void theVersionIsForAnybody() throws Exception {
        HttpResponse<String> answer = gateway.get("/v1/version");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.body(answer).has("version")).isTrue();
        assertThat(RunningGateway.body(answer).path("platform").asString()).contains("/");
    }
}
