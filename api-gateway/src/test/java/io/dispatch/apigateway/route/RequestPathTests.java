package io.dispatch.apigateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTests {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/v1/event, /v1/event",
        "/v1/event/, /v1/event",
        "/v1/%65vent, /v1/event",
        "/v1/event/drivers/vcenter1.example.com, /v1/event/drivers/vcenter1.example.com",
        "/v1/event/drivers/a%20b, /v1/event/drivers/a%20b",
        "/v1/event/drivers/%c3%a4, /v1/event/drivers/%C3%A4",
        "/v1/event/drivers/a:b@c, /v1/event/drivers/a:b@c",
        "/v1/event/drivers/..., /v1/event/drivers/...",
    })
    void hasOneCanonicalForm(String raw, String canonical) {
        assertThat(RequestPath.parse(raw).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1/event",
                "//v1/event",
                "/v1//event",
                "/v1/event//",
                "/v1/./event",
                "/v1/event/../secret",
                "/v1/event/..",
                "/v1/event/%2e%2e/secret",
                "/v1/event/.%2E/secret",
                "/v1/event%2fsecret",
                "/v1/event%5csecret",
                "/v1/event\\secret",
                "/v1/event;v=1",
                "/v1/event%3bv=1",
                "/v1/event%00",
                "/v1/event/%0a",
                "/v1/event/%7f",
                "/v1/event/%252e%252e",
                "/v1/event/%",
                "/v1/event/%2",
                "/v1/event/%zz",
                "/v1/event/%ff",
                "/v1/event/%c0%ae%c0%ae",
                "/v1/event/ä",
                "/v1/event/a b",
                "/v1/event/a?b",
            })
    void isRefusedWhenTwoReadersCouldDiffer(String raw) {
        assertThatThrownBy(() -> RequestPath.parse(raw))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.body().status()).isEqualTo(400));
    }

    @Test
    void isRefusedWhenItIsLongerThanAnythingThatExists() {
        assertThatThrownBy(() -> RequestPath.parse("/" + "a".repeat(RequestPath.MAX_LENGTH)))
                .hasMessageContaining("at most 2048 characters");
    }
}
