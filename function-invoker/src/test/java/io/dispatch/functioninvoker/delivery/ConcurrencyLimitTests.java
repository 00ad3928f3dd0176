package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTests {

    private final Semaphore spare = new Semaphore(1_000);
    private final ConcurrencyLimit limit = new ConcurrencyLimit(32, 512, spare, 0);
    private long now;
    private long highest;
    private double sum;
    private int answer;

    @Test
    void aFunctionThatTakesItsTimeHoweverManyItHasGetsAsManyAsThereAre() {
        work(Duration.ofSeconds(5), _ -> 50);

        assertThat(limit.current()).isEqualTo(512);
    }

    @Test
    void aFunctionThatCanDoOnlySoMuchIsGivenHardlyMoreThanTheNormalNumber() {
        double mean = work(Duration.ofMinutes(1), running -> running * 0.2);

        assertThat(highest).isEqualTo(48);
        assertThat(mean).isBetween(32.0, 34.0);
    }

    @Test
    void aFunctionWithRoomForTwoHundredIsGivenAboutThatMany() {
        work(Duration.ofSeconds(10), running -> 50 * Math.max(1, running / 200.0));
        double mean = work(Duration.ofMinutes(1), running -> 50 * Math.max(1, running / 200.0));

        assertThat(mean).isBetween(150.0, 300.0);
    }

    @Test
    void nothingIsTriedWhereNothingWaits() {
        work(Duration.ofSeconds(10), _ -> 50, 0, false);

        assertThat(highest).isEqualTo(32);
    }

    @Test
    void aFunctionThatRefusesHalfOfItsCallsIsGivenFewerUntilItWorksAgain() {
        work(Duration.ofSeconds(5), _ -> 50);
        work(Duration.ofSeconds(20), _ -> 50, 2, true);
        assertThat(limit.current()).isEqualTo(ConcurrencyLimit.LEAST);

        work(Duration.ofSeconds(30), _ -> 50);
        assertThat(limit.current()).isEqualTo(512);
    }

    @Test
    void aFunctionThatRefusesWhatIsBeyondItsTwentyIsGivenAboutTwenty() {
        double mean = workAndRefuse(Duration.ofMinutes(2), 20);

        assertThat(mean).isBetween(12.0, 25.0);
    }

    @Test
    void oneFailureInTenIsNoReasonToGiveFewer() {
        work(Duration.ofSeconds(10), _ -> 50, 10, true);

        assertThat(limit.current()).isEqualTo(512);
    }

    @Test
    void aFunctionThatHasBecomeSlowerIsMeasuredAnew() {
        work(Duration.ofSeconds(5), _ -> 10);
        work(Duration.ofSeconds(60), _ -> 100);

        assertThat(limit.current()).isEqualTo(512);
    }

    @Test
    void aSlowStartIsNoReasonToGiveMoreForLong() {
        work(Duration.ofSeconds(5), _ -> 20);
        assertThat(limit.current()).isEqualTo(512);

        work(Duration.ofSeconds(60), running -> running * 0.04);
        double mean = work(Duration.ofMinutes(1), running -> running * 0.04);

        assertThat(mean).isBetween(32.0, 48.0);
    }

    @Test
    void aFunctionWithLargeAnswersIsGivenNoMoreThanFitInMemory() {
        work(Duration.ofSeconds(5), _ -> 50);
        answer = 1 << 18;
        work(Duration.ofSeconds(10), _ -> 50);
        assertThat(limit.current()).isEqualTo(64);

        answer = 1 << 20;
        work(Duration.ofSeconds(10), _ -> 50);
        assertThat(limit.current()).isEqualTo(32);
    }

    @Test
    void noLaneTakesWhatAnotherHasAndWhatIsIdleGivesItBack() {
        spare.drainPermits();
        spare.release(100);
        work(Duration.ofSeconds(5), _ -> 50);
        assertThat(limit.current()).isBetween(72, 132);
        assertThat(limit.current() - 32 + spare.availablePermits()).isEqualTo(100);

        limit.idle(now + Duration.ofSeconds(9).toNanos());
        assertThat(spare.availablePermits()).isLessThan(100);
        limit.idle(now + Duration.ofSeconds(11).toNanos());

        assertThat(spare.availablePermits()).isEqualTo(100);
        assertThat(limit.current()).isEqualTo(32);
    }

    @Test
    void whatIsNotUsedIsGivenBack() {
        work(Duration.ofSeconds(5), _ -> 50);
        for (int i = 0; i < 20_000; i++) {
            long began = now;
            now += Duration.ofMillis(2).toNanos();
            limit.ended(began, now, false, 0, 3, false);
        }

        assertThat(limit.current()).isEqualTo(32);
        assertThat(spare.availablePermits()).isEqualTo(1_000);
    }

    @Test
    void aFixedNumberStays() {
        var fixed = new ConcurrencyLimit(2, 2, spare, 0);
        for (int i = 1; i < 1_000; i++) {
            long end = i * Duration.ofMillis(50).toNanos();
            fixed.ended(end - 1_000_000, end, false, 0, 2, true);
        }

        assertThat(fixed.current()).isEqualTo(2);
    }

    private double work(Duration time, IntToDoubleFunction millis) {
        return work(time, millis, 0, true);
    }

    /** As many calls at once as may run, each of which takes so long; returns how many those were on the average. */
    private double work(Duration time, IntToDoubleFunction millis, int oneFailsOf, boolean wanted) {
        return work(time, millis, (i, _) -> oneFailsOf != 0 && i % oneFailsOf == 0, wanted);
    }

    private double workAndRefuse(Duration time, int room) {
        return work(time, _ -> 50, (i, _) -> i >= room, true);
    }

    private double work(Duration time, IntToDoubleFunction millis, Refusal refusal, boolean wanted) {
        long from = now;
        sum = 0;
        while (now - from < time.toNanos()) {
            int running = limit.current();
            long began = now;
            now += (long) (millis.applyAsDouble(running) * 1e6);
            highest = Math.max(highest, running);
            sum += (double) running * (now - began);
            for (int i = 0; i < running; i++) {
                limit.ended(began, now, refusal.refuses(i, running), answer, running, wanted);
            }
        }
        return sum / (now - from);
    }

    /** Whether the function refuses the call of this number of those that run at once. */
    private interface Refusal {
        boolean refuses(int call, int running);
    }
}
