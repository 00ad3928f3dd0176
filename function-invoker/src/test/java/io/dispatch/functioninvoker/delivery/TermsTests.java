package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscription.State;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTests {

    /** Right in the middle, so that jitter changes nothing. */
    private static final RandomGenerator MIDDLE = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    @Test
    void aSubscriptionThatSaysNothingGetsTheDefaults() {
        Terms terms = terms(null);

        assertThat(terms.concurrency()).isNull();
        assertThat(terms.rate()).isZero();
        assertThat(terms.byKey()).isFalse();
        assertThat(terms.timeout()).isNull();
        assertThat(terms.policy().maxAttempts()).isEqualTo(Node.SETTINGS.maxAttempts());
        assertThat(terms.policy().maxAge()).isEqualTo(Node.SETTINGS.maxAge());
        assertThat(terms.policy().backoff().after(1)).isEqualTo(Node.SETTINGS.minBackoff());
        assertThat(terms.policy().backoff().after(99)).isEqualTo(Node.SETTINGS.maxBackoff());
    }

    @Test
    void whatASubscriptionSaysHolds() {
        Terms terms = terms("""
                {"concurrency":7,"rate":9,"ordering":"key","timeout":"PT2.5S","maxAttempts":3,"maxAge":"P1DT1S",
                 "minBackoff":"PT3S","maxBackoff":"PT5S"}""");

        assertThat(terms.concurrency()).isEqualTo(7);
        assertThat(terms.rate()).isEqualTo(9);
        assertThat(terms.byKey()).isTrue();
        assertThat(terms.timeout()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(terms.policy().maxAttempts()).isEqualTo(3);
        assertThat(terms.policy().maxAge()).isEqualTo(Duration.ofSeconds(86_401));
        assertThat(terms.policy().backoff().after(1)).isEqualTo(Duration.ofSeconds(3));
        assertThat(terms.policy().backoff().after(2)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aTimeoutOfZeroMeansHalfAMinute() {
        assertThat(terms("{\"timeout\":\"PT0S\"}").timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"minBackoff, PT20M, PT20M", "maxBackoff, PT0.05S, PT0.05S"})
    void aBackoffThatWasSaidMovesTheDefaultOfTheOther(String field, String said, Duration both) {
        Backoff backoff =
                terms("{\"%s\":\"%s\"}".formatted(field, said)).policy().backoff();

        assertThat(backoff.after(1)).isEqualTo(both);
        assertThat(backoff.after(50)).isEqualTo(both);
    }

    private static Terms terms(@Nullable String delivery) {
        var subscription = new PublishedSubscription(
                1, "acme", "s", 1, "user", "a.b", null, "f", List.of(), delivery, State.ACTIVE);
        return Terms.of(subscription, Node.SETTINGS, MIDDLE);
    }
}
