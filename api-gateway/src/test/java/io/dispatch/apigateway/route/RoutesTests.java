package io.dispatch.apigateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTests {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/event, EVENT_MANAGER, event",
        "POST, /v1/event/, EVENT_MANAGER, event",
        "POST, /v1/event/ingest, EVENT_MANAGER, event",
        "GET, /v1/event/subscriptions/a, EVENT_MANAGER, event",
        "POST, /v1/event/subscriptions/a/explain, EVENT_MANAGER, event",
        "POST, /v1/event/explain, EVENT_MANAGER, event",
        "DELETE, /v1/event/drivers/vcenter1.example.com, DRIVER_MANAGER, event",
        "PUT, /v1/event/drivers/a/state/checkpoint, DRIVER_MANAGER, event",
        "PUT, /v1/secret/a, DRIVER_MANAGER, secret",
        "POST, /v1/runs, FUNCTION_INVOKER, runs",
        "GET, /v1/baseimage/a, FUNCTION_INVOKER, baseimage",
        "POST, /v1/iam/policy, GATEWAY, iam",
        "GET, /docs/swagger-ui/index.html, GATEWAY, swagger-ui",
        "GET, /, GATEWAY, ''",
    })
    void leadToTheirOwner(String method, String path, Owner owner, String resource) {
        Route route = Routes.find(method, RequestPath.parse(path));

        assertThat(route.owner()).isEqualTo(owner);
        if (path.startsWith("/v1/")) {
            assertThat(route.resource()).isEqualTo(resource);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/nothing, resource does not exist",
        "/nothing, resource does not exist",
        "/V1/event, resource does not exist",
        "/v1/Event, resource does not exist",
        "/v1/event/zzz, path /v1/event/zzz was not found",
        "/v1/event/subscriptions/a/b, path /v1/event/subscriptions/a/b was not found",
        "/v1/event/drivers/a/state, path /v1/event/drivers/a/state was not found",
        "/internal/emits, resource does not exist",
        "/v3/api-docs, resource does not exist",
        "/actuator/health, resource does not exist",
    })
    void doNotExistWhereTheyAreNotListed(String path, String message) {
        assertThatThrownBy(() -> Routes.find("POST", RequestPath.parse(path)))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.body().status()).isEqualTo(404);
                    assertThat(refused.body().message()).isEqualTo(message);
                });
    }

    @Test
    void sayWhichMethodsTheyTake() {
        assertThatThrownBy(() -> Routes.find("PATCH", RequestPath.parse("/v1/event/subscriptions/a")))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.body().message())
                            .isEqualTo("method PATCH is not allowed, but [DELETE,GET,PUT] are");
                    assertThat(refused.headers().getFirst("Allow")).isEqualTo("DELETE,GET,PUT");
                });
    }
}
