package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.delivery.Outcome.GiveUp;
import io.dispatch.functioninvoker.delivery.Outcome.RetryAt;
import io.dispatch.functioninvoker.delivery.Outcome.Succeeded;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTests {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final RetryPolicy policy = new RetryPolicy(
            Backoff.exponential(Duration.ofMillis(200), Duration.ofMinutes(10)), 25, Duration.ofHours(24));

    @Test
    void anAnswerThatIsGoodEndsTheDelivery() {
        assertThat(policy.decide(new CallResult.Succeeded("{}", null), 1, NOW, NOW))
                .isEqualTo(new Succeeded());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 401, 403, 404, 408, 409, 425, 429, 500, 501, 502, 503, 504, 599})
    void statusesThatSpeakOfTheFunctionAreRetried(int status) {
        assertThat(policy.decide(status(status, null), 1, NOW, NOW))
                .isEqualTo(new RetryAt(NOW.plusMillis(200), "answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 405, 406, 410, 411, 413, 415, 418, 422, 451})
    void statusesThatSpeakOfTheEventAreFinal(int status) {
        assertThat(policy.decide(status(status, null), 1, NOW, NOW)).isEqualTo(new GiveUp("answered " + status));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_CALLED", "NO_ANSWER"})
    void whatWasNotHeardOfIsRetried(Cause cause) {
        assertThat(policy.decide(failed(cause, CallResult.SYSTEM_ERROR, null, null), 2, NOW, NOW))
                .isEqualTo(new RetryAt(NOW.plusMillis(400), "failed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FunctionError", "SystemError"})
    void errorsOfTheFunctionAreRetried(String type) {
        assertThat(policy.decide(failed(Cause.FUNCTION, type, 200, null), 1, NOW, NOW))
                .isInstanceOf(RetryAt.class);
    }

    @Test
    void anErrorOfTheInputIsFinal() {
        assertThat(policy.decide(failed(Cause.FUNCTION, "InputError", 200, null), 1, NOW, NOW))
                .isEqualTo(new GiveUp("failed"));
    }

    @Test
    void retryAfterIsHonouredWhereItIsLongerThanTheBackoff() {
        assertThat(policy.decide(status(503, Duration.ofSeconds(7)), 1, NOW, NOW))
                .isEqualTo(new RetryAt(NOW.plusSeconds(7), "answered 503"));
        assertThat(policy.decide(status(503, Duration.ofSeconds(7)), 10, NOW, NOW))
                .isEqualTo(new RetryAt(NOW.plusMillis(102_400), "answered 503"));
    }

    @Test
    void retryAfterIsFollowedForAnHourAtMost() {
        assertThat(policy.decide(status(429, Duration.ofDays(300)), 1, NOW, NOW))
                .isEqualTo(new RetryAt(NOW.plus(Duration.ofHours(1)), "answered 429"));
    }

    @Test
    void theTwentyFifthAttemptIsTheLast() {
        assertThat(policy.decide(status(500, null), 24, NOW, NOW)).isInstanceOf(RetryAt.class);
        assertThat(policy.decide(status(500, null), 25, NOW, NOW))
                .isEqualTo(new GiveUp("answered 500; that was attempt 25 of 25"));
    }

    @Test
    void noAttemptBeginsLaterThanADayAfterTheFirst() {
        Instant first = NOW.minus(Duration.ofHours(24));

        assertThat(policy.decide(status(500, null), 13, first.plus(Duration.ofMinutes(10)), NOW))
                .isEqualTo(new RetryAt(NOW.plus(Duration.ofMinutes(10)), "answered 500"));
        assertThat(policy.decide(status(500, null), 13, first.plus(Duration.ofMinutes(9)), NOW))
                .isEqualTo(new GiveUp("answered 500; the next attempt would begin more than PT24H after the first"));
    }

    private static Failed status(int status, @Nullable Duration retryAfter) {
        return new Failed(
                Cause.STATUS, CallResult.SYSTEM_ERROR, "answered " + status, null, status, retryAfter, null, null);
    }

    private static Failed failed(Cause cause, String type, @Nullable Integer status, @Nullable Duration retryAfter) {
        return new Failed(cause, type, "failed", null, status, retryAfter, null, null);
    }
}
