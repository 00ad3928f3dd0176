package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The header rules of the original, in its order: path, method, credential, content type, organization, path and query
 * parameters, syntax, schema. Each row breaks the rule it is about and every later one.
 */
class StrictHeadersIT {

    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start("strict", "--strict");
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @ParameterizedTest(name = "{0} {1} as \"{2}\" of \"{3}\"")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POST   | /v1/nothing                | -                | -    | {  | 404 | 404 | resource does not exist
            POST   | /v1/event/nothing          | -                | -    | {  | 404 | 404 | path /v1/event/nothing was not found
            GET    | /v1/event                  | -                | -    | {  | 405 | 405 | method GET is not allowed, but [POST] are
            GET    | /v1/event/ingest           | -                | -    | {  | 405 | 405 | method GET is not allowed, but [POST] are
            POST   | /v1/event/subscriptions    | text/plain       | -    | {  | 415 | 415 | -
            POST   | /v1/event/subscriptions    | application/json | -    | {  | 422 | 602 | X-Dispatch-Org in header is required
            GET    | /v1/event/subscriptions    | application/json | -    | {  | 422 | 602 | X-Dispatch-Org in header is required
            GET    | /v1/event/subscriptions    | application/json | ''   | {  | 422 | 602 | X-Dispatch-Org in header is required
            GET    | /v1/runs/7                 | application/json | acme | {  | 422 | 601 | -
            POST   | /v1/event/subscriptions    | application/json | acme | {  | 400 | 400 | -
            POST   | /v1/event/subscriptions    | application/json | acme | {} | 422 | 602 | eventType in body is required
            POST   | /v1/event                  | application/json | acme | {  | 400 | 400 | -
            POST   | /v1/event                  | application/json | acme | {} | 422 | 602 | cloudEventsVersion in body is required
            POST   | /v1/event/drivers          | application/json | acme | {} | 422 | 602 | name in body is required
            POST   | /v1/event/drivertypes      | application/json | acme | {} | 422 | 602 | -
            POST   | /v1/secret/                | application/json | acme | {} | 422 | 602 | name in body is required
            GET    | /v1/event/subscriptions/no | application/json | acme | {} | 404 | 404 | subscription no not found
            GET    | /v1/event/drivers/no       | application/json | acme | {} | 404 | 404 | event driver no not found
            GET    | /v1/event/drivertypes/no   | application/json | acme | {} | 404 | 404 | event driver type no not found
            GET    | /v1/secret/no              | application/json | acme | {} | 404 | 404 | secret no not found
            GET    | /v1/function/no            | application/json | acme | {} | 404 | 404 | function no not found
            """)
    void theFirstBrokenRuleIsTold(
            String method,
            String path,
            String contentType,
            String organization,
            String body,
            int status,
            int code,
            String message)
            throws Exception {
        HttpRequest.Builder request = product.request(path)
                .header("Cookie", "unset")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (organization != null) {
            request.header("X-Dispatch-Org", organization);
        }

        HttpResponse<String> answer = product.send(request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.body()).contains("\"code\":" + code);
        if (message != null) {
            assertThat(Product.JSON.readTree(answer.body()).path("message").asString())
                    .isEqualTo(message);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,/v1/event/subscriptions", "POST,/v1/event", "GET,/v1/runs", "DELETE,/v1/secret/a", "GET,/home"})
    void withoutACredentialHeaderNobodyGetsIn(String method, String path) throws Exception {
        HttpResponse<String> answer = product.send(product.request(path)
                .header("X-Dispatch-Org", "acme")
                .header("Content-Type", "text/plain")
                .method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("\"code\":401")
                .contains("\"message\":\"unauthenticated for invalid credentials\"");
    }

    @ParameterizedTest
    @CsvSource({"/v1/version", "/healthz"})
    void theseAreForAnybody(String path) throws Exception {
        assertThat(product.get(path).statusCode()).isEqualTo(200);
    }
}
