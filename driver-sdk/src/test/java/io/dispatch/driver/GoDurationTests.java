package io.dispatch.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTests {

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "1h30m, PT1H30M",
        "500ms, PT0.5S",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1h0m0.25s, PT1H0.25S",
        "3us, PT0.000003S",
        "0, PT0S",
        "PT90S, PT1M30S"
    })
    void reads_what_go_and_iso_8601_write(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-5s", "10 s", "1d", "1h x", "PT-5S", "9999999999h"})
    void refuses_everything_else(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
    }
}
