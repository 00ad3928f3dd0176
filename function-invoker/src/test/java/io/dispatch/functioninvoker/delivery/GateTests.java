package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTests {

    private static final CallResult GOOD = new CallResult.Succeeded(null, null);
    private static final RetryPolicy POLICY = new RetryPolicy(
            Backoff.exponential(Duration.ofMillis(200), Duration.ofMinutes(10)), 25, Duration.ofHours(24));
    private static final Terms OPEN = terms(State.ACTIVE, 0);

    private final Gate gate = new Gate();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void anOpenGateLetsAllThrough() {
        assertThat(gate.allowance(OPEN, now)).isEqualTo(Integer.MAX_VALUE);
        assertThat(gate.opensAt(OPEN, now)).isNull();
        assertThat(gate.begin(OPEN)).isFalse();
    }

    @Test
    void aPausedOneLetsNothingThroughAndADeletedOneAll() {
        failTwentyTimes();

        assertThat(gate.allowance(terms(State.PAUSED, 0), now)).isZero();
        assertThat(gate.opensAt(terms(State.PAUSED, 0), now)).isNull();
        assertThat(gate.allowance(terms(State.DELETED, 0), now)).isEqualTo(Integer.MAX_VALUE);
        assertThat(gate.begin(terms(State.DELETED, 0))).isFalse();
    }

    @Test
    void twentyFailuresInARowCloseIt() {
        for (int i = 0; i < 19; i++) {
            assertThat(end(i, false, status(500, null))).isFalse();
        }
        assertThat(gate.allowance(OPEN, now)).isPositive();

        assertThat(end(19, false, status(500, null))).isTrue();

        assertThat(gate.allowance(OPEN, now)).isZero();
        assertThat(gate.closedSince()).isEqualTo(now);
        assertThat(gate.opensAt(OPEN, now)).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void aGoodAnswerInBetweenBeginsTheCountAnew() {
        for (int i = 0; i < 19; i++) {
            end(i, false, status(500, null));
        }
        end(19, false, GOOD);
        for (int i = 20; i < 39; i++) {
            end(i, false, status(500, null));
        }

        assertThat(gate.closedSince()).isNull();
    }

    @Test
    void whatSpeaksOfTheEventIsNoSignOfABrokenFunction() {
        for (int i = 0; i < 50; i++) {
            end(i, false, status(422, null));
        }

        assertThat(gate.closedSince()).isNull();
    }

    @Test
    void oneDeliveryThatFailsAgainAndAgainDoesNotCloseIt() {
        for (int i = 0; i < 25; i++) {
            end(7, false, status(500, null));
        }
        assertThat(gate.closedSince()).isNull();

        end(8, false, status(500, null));

        assertThat(gate.closedSince()).isNotNull();
    }

    @Test
    void oneProbeAtATimeIsLetThroughAndTheWaitDoublesUpToHalfAMinute() {
        failTwentyTimes();
        for (int wait : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            now = now.plusSeconds(wait).minusNanos(1);
            assertThat(gate.allowance(OPEN, now)).isZero();
            now = now.plusNanos(1);
            assertThat(gate.allowance(OPEN, now)).isOne();
            assertThat(gate.begin(OPEN)).isTrue();
            assertThat(gate.allowance(OPEN, now)).isZero();
            assertThat(gate.opensAt(OPEN, now)).isNull();
            end(100, true, status(503, null));
        }
    }

    @Test
    void aProbeThatSucceedsOpensIt() {
        failTwentyTimes();
        now = now.plusSeconds(1);
        gate.begin(OPEN);

        assertThat(end(100, true, GOOD)).isTrue();

        assertThat(gate.closedSince()).isNull();
        assertThat(gate.allowance(OPEN, now)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aProbeThatIsRefusedForItsEventOpensIt() {
        failTwentyTimes();
        now = now.plusSeconds(1);
        gate.begin(OPEN);

        end(100, true, status(422, null));

        assertThat(gate.closedSince()).isNull();
    }

    @Test
    void aProbeThatCameToNothingIsFollowedByAnother() {
        failTwentyTimes();
        now = now.plusSeconds(1);
        gate.begin(OPEN);

        gate.abandoned();

        assertThat(gate.allowance(OPEN, now)).isOne();
    }

    @Test
    void callsThatWereInFlightWhenItClosedMakeTheWaitNoLonger() {
        failTwentyTimes();
        for (int i = 0; i < 12; i++) {
            assertThat(end(i, false, status(500, null))).isFalse();
        }

        assertThat(gate.opensAt(OPEN, now)).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void retryAfterIsFollowed() {
        for (int i = 0; i < 20; i++) {
            end(i, false, status(503, Duration.ofMinutes(2)));
        }

        assertThat(gate.opensAt(OPEN, now)).isEqualTo(now.plusSeconds(120));
    }

    @Test
    void aRateIsKept() {
        Terms ten = terms(State.ACTIVE, 10);
        int begun = 0;
        for (int ms = 0; ms < 5_000; ms += 3) {
            while (gate.allowance(ten, now) > 0) {
                gate.begin(ten);
                begun++;
            }
            now = now.plusMillis(3);
        }

        assertThat(begun).isBetween(49, 51);
        assertThat(gate.opensAt(ten, now)).isBetween(now, now.plusMillis(100));
    }

    @Test
    void whatARateDidNotUseIsNotSavedUp() {
        Terms thousand = terms(State.ACTIVE, 1_000);
        assertThat(gate.allowance(thousand, now)).isOne();
        now = now.plusSeconds(60);

        assertThat(gate.allowance(thousand, now)).isEqualTo(10);
    }

    private void failTwentyTimes() {
        for (int i = 0; i < 20; i++) {
            end(i, false, status(500, null));
        }
    }

    private boolean end(int offset, boolean probe, CallResult result) {
        return gate.ended(new Position(0, offset), probe, result, OPEN, now);
    }

    private static Failed status(int status, @Nullable Duration retryAfter) {
        return new Failed(
                Cause.STATUS, CallResult.SYSTEM_ERROR, "answered " + status, null, status, retryAfter, null, null);
    }

    private static Terms terms(State state, int rate) {
        return new Terms(state, 32, rate, false, null, POLICY);
    }
}
