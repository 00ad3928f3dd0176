package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 2.1 to 2.3 and 2.7: paths, methods, headers, and what is for anybody. */
@ExtendWith(StrictDispatch.class)
class RoutesIT {

    private static final String SUBSCRIPTION = "{\"name\":\"s\",\"eventType\":\"a\",\"function\":\"f\"}";

    private final Wire wire;

    RoutesIT(Wire wire) {
        this.wire = wire;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/event/subscriptions",
                "/v1/event/drivertypes",
                "/v1/event/drivers",
                "/v1/secret",
                "/v1/function",
                "/v1/runs",
                "/v1/replays",
                "/v1/image",
                "/v1/baseimage",
                "/v1/iam/serviceaccount",
                "/v1/iam/policy",
            })
    void aCollectionIsABareArrayWithAndWithoutATrailingSlash(String path) {
        assertThat(wire.get(path).is(200).text()).isEqualTo("[]");
        assertThat(wire.get(path + "/").is(200).text()).isEqualTo("[]");
        wire.post(path + "/", "{").is(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/event                  | POST
            DELETE | /v1/event/                 | POST
            GET    | /v1/event/ingest           | POST
            PATCH  | /v1/event/subscriptions    | GET,POST
            POST   | /v1/event/subscriptions/a  | DELETE,GET,PUT
            PUT    | /v1/event/drivertypes      | GET,POST
            POST   | /v1/event/drivers/a        | DELETE,GET,PUT
            PUT    | /v1/secret                 | GET,POST
            POST   | /v1/function/a             | DELETE,GET,PUT
            DELETE | /v1/runs                   | GET,POST
            PUT    | /v1/runs/a                 | GET
            PATCH  | /v1/image/a                | DELETE,GET,PUT
            PUT    | /v1/iam/organization       | GET,POST
            POST   | /v1/iam/auth               | GET
            POST   | /v1/version                | GET
            """)
    void anotherMethodIsNotAllowedAndTheRightOnesAreNamed(String method, String path, String allowed) {
        var answer = wire.raw(method, path, null)
                .isError(405, 405, "method %s is not allowed, but [%s] are".formatted(method, allowed));

        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/zzz, resource does not exist",
        "/v1/application, resource does not exist",
        "/zzz, resource does not exist",
        "/v1, resource does not exist",
        "/v1/event/zzz, path /v1/event/zzz was not found",
        "/v1/event/drivers/a/zzz, path /v1/event/drivers/a/zzz was not found",
        "/v1/secret/a/b, path /v1/secret/a/b was not found",
        "/v1/iam/zzz, path /v1/iam/zzz was not found",
        "/v1/version/zzz, path /v1/version/zzz was not found",
    })
    void whatDoesNotExistSaysSoToAnybody(String path, String message) {
        wire.raw("GET", path, null).isError(404, 404, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/iam/redirect?redirect=http://localhost", "/v1/iam/oauth2", "/v1/iam/oauth2/start", "/v1/api"
            })
    void whatThisEditionDoesNotHaveSaysWhy(String path) {
        var answer = wire.get(path).is(501);

        assertThat(answer.code()).isEqualTo(501);
        assertThat(answer.message()).contains(" ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            unset | -          | 200
            -     | Bearer any | 200
            -     | any        | 200
            ``    | any        | 200
            unset | ``         | 200
            -     | -          | 401
            ``    | -          | 401
            -     | ``         | 401
            ``    | ``         | 401
            """)
    void aCookieOrAnAuthorizationMustBeThere(@Nullable String cookie, @Nullable String authorization, int status) {
        wire.raw(
                        "GET",
                        "/v1/event/subscriptions",
                        null,
                        "Cookie",
                        cookie,
                        "Authorization",
                        authorization,
                        "X-Dispatch-Org",
                        wire.organization())
                .is(status);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "application/json, 201",
                "application/json; charset=utf-8, 201",
                "Application/Json;charset=UTF-8, 201",
                "application/cloudevents+json, 415",
                "text/json, 415",
                "text/plain, 415",
                "application/x-www-form-urlencoded, 415",
                "-, 415",
            })
    void aBodyIsJson(@Nullable String contentType, int status) {
        wire.raw(
                        "POST",
                        "/v1/event/subscriptions",
                        SUBSCRIPTION,
                        "Cookie",
                        "unset",
                        "X-Dispatch-Org",
                        wire.organization(),
                        "Content-Type",
                        contentType)
                .is(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "*/*"})
    void whatTheClientWouldLikeToReadIsNotAsked(String accept) {
        var answer = wire.raw(
                "GET",
                "/v1/event/subscriptions",
                null,
                "Cookie",
                "unset",
                "X-Dispatch-Org",
                wire.organization(),
                "Accept",
                accept,
                "Accept-Encoding",
                "gzip");

        assertThat(answer.is(200).header("Content-Type")).startsWith("application/json");
        assertThat(answer.text()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/event", "/v1/event/subscriptions", "/v1/secret", "/v1/function", "/v1/iam/policy"})
    void aBodyThatIsMissingIsRequired(String path) {
        wire.post(path, "").isError(422, 602, "body in body is required");
        wire.raw("POST", path, null, "Cookie", "unset", "X-Dispatch-Org", wire.organization())
                .isError(422, 602, "body in body is required");
    }

    @Test
    void theVersionIsForAnybody() {
        var version = wire.raw("GET", "/v1/version", null).is(200).json();

        assertThat(version.path("version").asString()).isNotBlank();
        assertThat(version.has("commit")).isTrue();
        assertThat(version.has("buildDate")).isTrue();
        assertThat(version.has("platform")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/healthz/", "/healthz/deep"})
    void theHealthIsForAnybody(String path) {
        var health = wire.raw("GET", path, null).is(200).json();

        assertThat(health.path("version").path("version").asString()).isNotBlank();
    }

    @Test
    void theRootIsForAnybodyAndHomeForWhoIsKnown() {
        assertThat(wire.raw("GET", "/", null).is(200).message()).isNotBlank();
        assertThat(wire.get("/home").is(200).message()).isNotBlank();
        wire.raw("GET", "/home", null).isError(401, 401, "unauthenticated for invalid credentials");
        wire.raw("GET", "/home", null, "Cookie", "unset").isError(422, 602, "X-Dispatch-Org in header is required");
    }

    @Test
    void whetherACallerMayIsAnsweredWithoutABody() {
        var allowed = wire.get("/v1/iam/auth").is(202);

        assertThat(allowed.text()).isEmpty();
        assertThat(allowed.header("X-Dispatch-Org")).isEqualTo(wire.organization());
        wire.raw("GET", "/v1/iam/auth", null, "Cookie", "unset").is(202);
        wire.raw("GET", "/v1/iam/auth", null).is(401);
    }

    @Test
    void theSameNameMayExistInTwoOrganizations() {
        wire.post("/v1/event/subscriptions", SUBSCRIPTION).is(201);

        wire.in("other-" + wire.organization())
                .post("/v1/event/subscriptions", SUBSCRIPTION)
                .is(201);
    }
}
