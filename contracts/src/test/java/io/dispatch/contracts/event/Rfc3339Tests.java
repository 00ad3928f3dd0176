package io.dispatch.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Tests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-11-30T09:15:00Z",
                "2018-11-30t09:15:00z",
                "2018-11-30T09:15:00.1+01:00",
                "2018-11-30T09:15:00.123456789123-23:59",
                "2018-11-30T09:15:00-00:00",
                "2016-12-31T23:59:60Z",
                "2024-02-29T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
            })
    void theseAreDateTimes(String text) {
        assertThat(Rfc3339.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2018-11-30",
                "2018-11-30T09:15:00",
                "2018-11-30 09:15:00Z",
                "2018-11-30T09:15Z",
                "2018-11-30T09:15:00.Z",
                "2018-11-30T09:15:00,5Z",
                "2018-11-30T24:00:00Z",
                "2018-11-30T09:60:00Z",
                "2018-11-30T09:15:61Z",
                "2018-00-30T09:15:00Z",
                "2018-13-30T09:15:00Z",
                "2018-11-31T09:15:00Z",
                "2018-11-00T09:15:00Z",
                "2023-02-29T00:00:00Z",
                "2018-11-30T09:15:00+0100",
                "2018-11-30T09:15:00+01",
                "2018-11-30T09:15:00+24:00",
                "2018-11-30T09:15:00+01:60",
                "2018-11-30T09:15:00+01:00 ",
                "+2018-11-30T09:15:00Z",
                "２018-11-30T09:15:00Z",
            })
    void theseAreNot(String text) {
        assertThat(Rfc3339.isValid(text)).isFalse();
    }
}
