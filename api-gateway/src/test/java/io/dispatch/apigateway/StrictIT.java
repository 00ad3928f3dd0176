package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code dispatch.gateway.strict} the original's header rules hold, in its order. */
class StrictIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("--dispatch.local-mode=true", "--dispatch.gateway.strict=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0} {1} cookie {2} type {3} organization {4}")
    @CsvSource(nullValues = "-", textBlock = """
            POST, /v1/nothing,              -,     text/plain,       -,    404, 404, resource does not exist
            POST, /v1/event/nothing,        -,     text/plain,       -,    404, 404, path /v1/event/nothing was not found
            GET,  /v1/event,                -,     text/plain,       -,    405, 405, 'method GET is not allowed, but [POST] are'
            GET,  /v1/event/ingest,         -,     text/plain,       -,    405, 405, 'method GET is not allowed, but [POST] are'
            POST, /v1/event/subscriptions,  -,     text/plain,       -,    401, 401, unauthenticated for invalid credentials
            POST, /v1/event/subscriptions,  '',    text/plain,       -,    401, 401, unauthenticated for invalid credentials
            POST, /v1/event/subscriptions,  unset, text/plain,       -,    415, 415, 'unsupported media type "text/plain", only [application/json] are allowed'
            POST, /v1/event/subscriptions,  unset, -,                -,    415, 415, 'unsupported media type "", only [application/json] are allowed'
            POST, /v1/event/subscriptions,  unset, application/json, -,    422, 602, X-Dispatch-Org in header is required
            POST, /v1/event/subscriptions,  unset, application/json, '',   422, 602, X-Dispatch-Org in header is required
            POST, /v1/event,                unset, text/plain,       -,    415, 415, 'unsupported media type "text/plain", only [application/json application/cloudevents+json application/cloudevents-batch+json] are allowed, or any with an event in ce- headers'
            POST, /v1/event,                unset, application/json, -,    422, 602, X-Dispatch-Org in header is required
            POST, /v1/event/ingest,         unset, text/plain,       -,    415, 415, 'unsupported media type "text/plain", only [application/json application/cloudevents+json application/cloudevents-batch+json] are allowed, or any with an event in ce- headers'
            POST, /v1/event/ingest,         unset, application/json, -,    422, 602, authToken in query is required
            """)
    void theFirstBrokenRuleIsTold(
            String method,
            String path,
            String cookie,
            String contentType,
            String organization,
            int status,
            int code,
            String message)
            throws Exception {
        HttpRequest.Builder request = gateway.request(path)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{"));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (organization != null) {
            request.header("X-Dispatch-Org", organization);
        }

        HttpResponse<String> answer = gateway.send(request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(RunningGateway.body(answer).path("code").asInt()).isEqualTo(code);
        assertThat(RunningGateway.body(answer).path("message").asString()).isEqualTo(message);
        assertThat(gateway.upstream().received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Basic dXNlcjpwYXNz", "anything"})
    void anAuthorizationIsACredentialHeaderWhateverItSays(String authorization) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/secret")
                .header("Authorization", authorization)
                .header("X-Dispatch-Org", "acme"));

        assertThat(answer.statusCode()).isEqualTo(200);
        gateway.upstream().answers(null);
    }

    @Test
    void aDeletionMayNameAContentTypeItHasNoBodyFor() throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request("/v1/secret/a")
                .header("Cookie", "unset")
                .header("Content-Type", "application/json")
                .header("X-Dispatch-Org", "acme")
                .DELETE());

        assertThat(answer.statusCode()).isEqualTo(200);
        gateway.upstream().answers(null);
    }
}
