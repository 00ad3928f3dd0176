package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Contract section 2.5: path, method, credential, content type, organization, path and query parameters, syntax, schema,
 * handler. Each row breaks the rule it is about and every later one that can be broken.
 */
@ExtendWith(StrictDispatch.class)
class OrderOfChecksIT {

    private final Wire wire;

    OrderOfChecksIT(Wire wire) {
        this.wire = wire;
    }

    @ParameterizedTest(name = "{0} {1} with cookie {2} as {3} of {4}: {5}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            POST | /v1/nothing                   | -     | -                | -    | {                         | 404 | 404 | resource does not exist
            POST | /v1/event/nothing             | -     | -                | -    | {                         | 404 | 404 | path /v1/event/nothing was not found
            PUT  | /v1/event                     | -     | -                | -    | {                         | 405 | 405 | method PUT is not allowed, but [POST] are
            PUT  | /v1/event/ingest              | -     | -                | -    | {                         | 405 | 405 | method PUT is not allowed, but [POST] are
            POST | /v1/event                     | -     | text/plain       | -    | {                         | 401 | 401 | unauthenticated for invalid credentials
            POST | /v1/event/ingest              | -     | text/plain       | -    | {                         | 401 | 401 | unauthenticated for invalid credentials
            POST | /v1/secret                    | ``    | text/plain       | -    | {                         | 401 | 401 | unauthenticated for invalid credentials
            POST | /v1/secret                    | unset | text/plain       | -    | {                         | 415 | 415 | unsupported media type "text/plain", only [application/json] are allowed
            PUT  | /v1/secret/a%20b              | unset | -                | -    | {                         | 415 | 415 | unsupported media type "", only [application/json] are allowed
            POST | /v1/event                     | unset | text/plain       | -    | {                         | 415 | 415 | unsupported media type "text/plain", only [application/json application/cloudevents+json application/cloudevents-batch+json] are allowed, or any with an event in ce- headers
            POST | /v1/event/ingest              | unset | text/plain       | -    | {                         | 415 | 415 | unsupported media type "text/plain", only [application/json application/cloudevents+json application/cloudevents-batch+json] are allowed, or any with an event in ce- headers
            PUT  | /v1/event/subscriptions/a%20b | unset | application/json | -    | {                         | 422 | 602 | X-Dispatch-Org in header is required
            PUT  | /v1/event/subscriptions/a%20b | unset | application/json | ``   | {                         | 422 | 602 | X-Dispatch-Org in header is required
            POST | /v1/event                     | unset | application/json | -    | {                         | 422 | 602 | X-Dispatch-Org in header is required
            POST | /v1/event/ingest              | unset | application/json | -    | {                         | 422 | 602 | authToken in query is required
            PUT  | /v1/event/subscriptions/a%20b | unset | application/json | acme | {                         | 422 | 605 | subscriptionName in path should match '^[\\w\\d\\-]+$'
            PUT  | /v1/event/drivers/a%20b       | unset | application/json | acme | {                         | 422 | 605 | driverName in path should match '^[\\w\\d\\-\\.]+$'
            PUT  | /v1/iam/policy/a%20b          | unset | application/json | acme | {                         | 422 | 605 | policyName in path should match '^[\\w\\d\\-]+$'
            PUT  | /v1/event/subscriptions/a     | unset | application/json | acme | {"secrets":"x"}           | 400 | 400 | secrets in body should be an array (line 1, column 12)
            POST | /v1/event                     | unset | application/json | acme | {"eventType":7}           | 400 | 400 | eventType in body must be a string
            POST | /v1/event                     | unset | application/json | acme | {"eventTime":"now"}       | 400 | 400 | eventTime in body must be a date-time of RFC 3339, but was "now"
            PUT  | /v1/event/subscriptions/a     | unset | application/json | acme | {"name":"b"}              | 422 | 602 | eventType in body is required
            POST | /v1/event                     | unset | application/json | acme | {}                        | 422 | 602 | cloudEventsVersion in body is required
            POST | /v1/event/drivers             | unset | application/json | acme | {"name":"-","type":"no"}  | 422 | 605 | name should start and end with lower case letter or number and may only contain lower case letters, numbers, dashes and dots
            POST | /v1/event/drivers             | unset | application/json | acme | {"name":"d","type":"no"}  | 400 | 400 | bad request when processing event driver d: driver type no does not exist
            """)
    void theFirstBrokenRuleIsTold(
            String method,
            String path,
            @Nullable String cookie,
            @Nullable String contentType,
            @Nullable String organization,
            String body,
            int status,
            int code,
            String message) {
        wire.raw(method, path, body, "Cookie", cookie, "Content-Type", contentType, "X-Dispatch-Org", organization)
                .isError(status, code, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {
            {"eventType":"a","function":"f"
            {"eventType":"a","function":"f"} x
            nothing
            """)
    void whatIsNoJsonIsABadRequest(String body) {
        var answer = wire.post("/v1/event/subscriptions", body).is(400);

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).startsWith("body is not JSON: ");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/event/subscriptions/no, subscription no not found",
        "/v1/event/drivers/no, event driver no not found",
        "/v1/event/drivertypes/no, event driver type no not found",
        "/v1/secret/no, secret no not found",
        "/v1/function/no, function no not found",
        "/v1/runs/0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77, "
                + "function run 0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77 not found",
        "/v1/image/no, image no not found",
        "/v1/baseimage/no, base image no not found",
        "/v1/iam/organization/no, organization no not found",
        "/v1/iam/policy/no, policy no not found",
        "/v1/iam/serviceaccount/no, service account no not found",
    })
    void whatIsNotThereIsNamedByItsKind(String path, String message) {
        wire.get(path).isError(404, 404, message);
        if (!path.startsWith("/v1/runs/")) {
            wire.delete(path).isError(404, 404, message);
        }
    }
}
