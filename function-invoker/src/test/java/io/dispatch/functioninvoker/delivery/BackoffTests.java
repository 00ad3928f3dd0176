package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private static final Duration MIN = Duration.ofMillis(200);
    private static final Duration MAX = Duration.ofMinutes(10);

    @Test
    void doublesFromTheFirstWaitToTheLongest() {
        Backoff backoff = Backoff.exponential(MIN, MAX);

        assertThat(IntStream.rangeClosed(1, 14).mapToObj(backoff::after).map(Duration::toMillis))
                .containsExactly(
                        200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 51_200L, 102_400L, 204_800L,
                        409_600L, 600_000L, 600_000L);
    }

    @Test
    void staysAtTheLongestHoweverOftenItFails() {
        assertThat(Backoff.exponential(MIN, MAX).after(Integer.MAX_VALUE)).isEqualTo(MAX);
    }

    @Test
    void jitterSpreadsByExactlyWhatTheRandomNumbersSay() {
        Random random = new Random(42);
        Backoff backoff = Backoff.exponential(MIN, MAX).withJitter(0.2, new Random(42));

        for (int failures = 1; failures <= 5; failures++) {
            double base = 200e6 * (1 << (failures - 1));
            assertThat(backoff.after(failures).toNanos())
                    .isEqualTo(Math.round(base * (1 + 0.2 * (2 * random.nextDouble() - 1))));
        }
    }

    @Test
    void jitterOfAFifthStaysWithinAFifth() {
        Backoff backoff = Backoff.exponential(MIN, MAX).withJitter(0.2, new Random(1));

        assertThat(IntStream.range(0, 10_000).mapToObj(_ -> backoff.after(20)))
                .allMatch(wait ->
                        wait.compareTo(Duration.ofMinutes(8)) >= 0 && wait.compareTo(Duration.ofMinutes(12)) <= 0)
                .anyMatch(wait -> wait.compareTo(Duration.ofMinutes(9)) < 0)
                .anyMatch(wait -> wait.compareTo(Duration.ofMinutes(11)) > 0);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Backoff.exponential(MAX, MIN)).hasMessageContaining("at most max");
        assertThatThrownBy(() -> Backoff.exponential(MIN, MAX).withJitter(1.5, new Random()))
                .hasMessageContaining("1.5");
    }
}
