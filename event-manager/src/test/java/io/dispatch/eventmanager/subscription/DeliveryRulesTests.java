package io.dispatch.eventmanager.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.contracts.subscription.DeliverySpec;
import io.dispatch.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DeliveryRulesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'concurrency':1}",
                "{'concurrency':1024}",
                "{'maxAttempts':1}",
                "{'maxAttempts':100}",
                "{'rate':1}",
                "{'rate':100000}",
                "{'maxAge':'PT1S'}",
                "{'maxAge':'P7D'}",
                "{'minBackoff':'PT0.01S'}",
                "{'minBackoff':'PT24H'}",
                "{'maxBackoff':'PT0.01S'}",
                "{'maxBackoff':'P1D'}",
                "{'minBackoff':'PT1M','maxBackoff':'PT60S'}",
                "{'timeout':'PT0S'}",
                "{'timeout':'PT15M'}",
                "{'ordering':'key'}",
                "{'ordering':'none','somethingElse':1}"
            })
    void whatLiesWithinTheBoundsIsTaken(String delivery) {
        assertThatCode(() -> DeliveryRules.check(spec(delivery))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'concurrency':0}       | delivery.concurrency in body must be 1 to 1024, but was 0
            {'concurrency':1025}    | delivery.concurrency in body must be 1 to 1024, but was 1025
            {'maxAttempts':0}       | delivery.maxAttempts in body must be 1 to 100, but was 0
            {'maxAttempts':101}     | delivery.maxAttempts in body must be 1 to 100, but was 101
            {'rate':0}              | delivery.rate in body must be 1 to 100000, but was 0
            {'rate':100001}         | delivery.rate in body must be 1 to 100000, but was 100001
            {'maxAge':'PT0.999S'}   | delivery.maxAge in body must be an ISO 8601 duration of PT1S to P7D, but was PT0.999S
            {'maxAge':'P8D'}        | delivery.maxAge in body must be an ISO 8601 duration of PT1S to P7D, but was P8D
            {'maxAge':'1h'}         | delivery.maxAge in body must be an ISO 8601 duration of PT1S to P7D, but was 1h
            {'maxAge':''}           | delivery.maxAge in body must be an ISO 8601 duration of PT1S to P7D, but was
            {'minBackoff':'PT0S'}   | delivery.minBackoff in body must be an ISO 8601 duration of PT0.01S to PT24H, but was PT0S
            {'maxBackoff':'PT25H'}  | delivery.maxBackoff in body must be an ISO 8601 duration of PT0.01S to PT24H, but was PT25H
            {'timeout':'-PT1S'}     | delivery.timeout in body must be an ISO 8601 duration of PT0S to PT15M, but was -PT1S
            {'timeout':'PT15M0.1S'} | delivery.timeout in body must be an ISO 8601 duration of PT0S to PT15M, but was PT15M0.1S
            {'minBackoff':'PT2S','maxBackoff':'PT1S'} | delivery.minBackoff in body must not be longer than delivery.maxBackoff, which is PT1S, but was PT2S
            """)
    void whatLiesOutsideIsRefusedWithFieldRuleAndValue(String delivery, String sentence) {
        assertThatThrownBy(() -> DeliveryRules.check(spec(delivery)))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.getMessage()).startsWith(sentence);
                    assertThat(refused.body().code()).isEqualTo(601);
                });
    }

    @Test
    void noSettingsAreNoFault() {
        assertThatCode(() -> DeliveryRules.check(null)).doesNotThrowAnyException();
    }

    private static DeliverySpec spec(String json) {
        return JsonMapper.shared().readValue(json.replace('\'', '"'), DeliverySpec.class);
    }
}
