package io.dispatch.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

    @Test
    void doublesUpToItsMaximumAndSaturates() {
        assertThat(backoff.delay(1)).hasMillis(200);
        assertThat(backoff.delay(2)).hasMillis(400);
        assertThat(backoff.delay(3)).hasMillis(800);
        assertThat(backoff.delay(4)).hasMillis(1000);
        assertThat(backoff.delay(Integer.MAX_VALUE)).hasMillis(1000);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff.delay(0));
    }
}
