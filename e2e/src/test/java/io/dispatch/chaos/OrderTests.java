package io.dispatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.chaos.Disturbance.Kind;
import org.junit.jupiter.api.Test;

/** The judge's rule about events of one key. */
class OrderTests {

    private static final int EVENTS = 10_000;
    /** Emitted half-way; it has a key. */
    private static final int ONE = 5_001;

    @Test
    void anEventThatOvertakesOneOfItsKeyFailsWhereOrderWasAskedFor() {
        assertThat(overtaken().ordered().verdict().faults())
                .singleElement()
                .asString()
                .contains("overtook");
    }

    @Test
    void anEventThatOvertakesOneOfItsKeyIsCountedWhereOrderWasNotAskedFor() {
        Verdict verdict = overtaken().verdict();

        assertThat(verdict.isPassed()).isTrue();
        assertThat(verdict.reordered()).isPositive();
    }

    @Test
    void eventsWithoutKeyAndOfOtherKeysMayOvertake() {
        Trace trace = Trace.of(EVENTS)
                .ordered()
                .changed(5_000, _ -> Trace.call(5_000, Trace.at(7_000), Trace.at(7_001)))
                .changed(9_997, _ -> Trace.call(9_997, Trace.at(19_000), Trace.at(19_001)));

        assertThat(trace.verdict().line()).isEqualTo("lost=0 duplicated=0 reordered=0");
    }

    @Test
    void whatAKillMakesAgainIsNoOvertaking() {
        Trace trace = Trace.of(EVENTS)
                .ordered()
                .disturbed(Kind.KILL, "function-invoker", 5_045, 6_000)
                .calledAgain(ONE, 6_100);

        assertThat(trace.verdict().faults()).isEmpty();
        assertThat(trace.verdict().reordered()).isZero();
    }

    @Test
    void anEventSentBeforeTheOtherWasAnsweredHasNoOrder() {
        Trace trace = overtaken().ordered();
        trace.emissions.replaceAll(emission -> emission.number() == ONE
                ? new Emission(ONE, emission.key(), emission.digest(), emission.sentAt(), Trace.at(9_999), 202)
                : emission);

        assertThat(trace.verdict().reordered()).isZero();
    }

    /** The last but one of its key is called when all others have been. */
    private static Trace overtaken() {
        return Trace.of(EVENTS).changed(ONE, _ -> Trace.call(ONE, Trace.at(10_100), Trace.at(10_101)));
    }
}
