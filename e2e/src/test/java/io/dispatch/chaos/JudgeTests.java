package io.dispatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.chaos.Disturbance.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge judged: each rule is broken once, by a platform or by a sink that lies. */
class JudgeTests {

    private static final int EVENTS = 10_000;
    /** Emitted half-way; it has a key. */
    private static final int ONE = 5_001;

    private static final int WITHOUT_KEY = 5_002;

    @Test
    void aPlatformThatDoesAllRightPasses() {
        Verdict verdict = Trace.of(EVENTS).ordered().verdict();

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.line()).isEqualTo("lost=0 duplicated=0 reordered=0");
    }

    @Test
    void aLogThatDropsOneEventInTenThousandFails() {
        Verdict verdict =
                Trace.of(EVENTS).without(call -> call.event().equals("5001")).verdict();

        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.line()).isEqualTo("lost=1 duplicated=0 reordered=0");
        assertThat(verdict.report()).contains("5001\tkey-1");
    }

    @Test
    void anEventWhoseCallsAllFailedIsLost() {
        Verdict verdict = Trace.of(EVENTS)
                .changed(ONE, call -> answered(call, 500, true, call.answered()))
                .verdict();

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void anEventWhoseAnswersCouldNotArriveIsLost() {
        Verdict verdict = Trace.of(EVENTS)
                .changed(ONE, call -> answered(call, 200, false, call.answered()))
                .verdict();

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void anEventThatWasOnlyAnsweredTooLateIsLost() {
        Verdict verdict = Trace.of(EVENTS)
                .changed(ONE, call -> answered(call, 200, true, call.began() + Trace.TIMEOUT.toNanos() + Trace.at(1)))
                .verdict();

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.isPassed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 502, 503, 504})
    void anEventThatWasNotAcceptedMayBeInOrNot(int status) {
        Trace trace = Trace.of(EVENTS).without(call -> call.event().equals("5001"));
        trace.emissions.replaceAll(
                emission -> answered(emission, emission.number() <= ONE && emission.number() >= 5_000, status));

        assertThat(trace.verdict().faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500})
    void anEmitThatIsAnsweredWithWhatIsNotTrueFails(int status) {
        Trace trace = Trace.of(EVENTS);
        trace.emissions.replaceAll(emission -> answered(emission, emission.number() == ONE, status));

        assertThat(trace.verdict().faults()).singleElement().asString().contains("what is not true");
    }

    @Test
    void aTrialThatAcceptsNothingProvesNothing() {
        assertThat(Trace.of(0).verdict().faults()).singleElement().asString().contains("too few to tell");
    }

    @Test
    void aDuplicateForWhichNothingHappenedFails() {
        Verdict verdict = Trace.of(EVENTS).calledAgain(ONE, 5_100).verdict();

        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.line()).isEqualTo("lost=0 duplicated=1 reordered=0");
    }

    @Test
    void aSinkThatSaysItAnsweredWellAndDidNotIsFound() {
        // The platform was answered 500 and calls again; the sink wrote down 200.
        Verdict verdict = Trace.of(EVENTS).calledAgain(ONE, 5_231).verdict();

        assertThat(verdict.faults()).singleElement().asString().contains("nothing had happened to their success");
    }

    @Test
    void aSinkThatMakesUpACallIsFound() {
        Trace trace = Trace.of(EVENTS)
                .changed(
                        ONE,
                        call -> new Call("all", "5001", "made-up", 1, 4711, call.began(), call.answered(), 200, true));

        assertThat(trace.verdict().faults()).singleElement().asString().contains("not emitted so");
    }

    @Test
    void aSinkThatKeepsQuietAboutACallIsFound() {
        assertThat(Trace.of(EVENTS)
                        .without(call -> call.event().equals("7"))
                        .verdict()
                        .isPassed())
                .isFalse();
    }

    @Test
    void anEventThatNobodyEmittedFails() {
        Trace trace = Trace.of(EVENTS);
        trace.calls.add(Trace.call(EVENTS, Trace.at(11_000), Trace.at(11_001)));

        assertThat(trace.verdict().faults()).singleElement().asString().contains("not emitted so");
    }

    @Test
    void aCallBeforeTheEventWasSentFails() {
        Trace trace = Trace.of(EVENTS).changed(ONE, _ -> Trace.call(ONE, Trace.at(5_000), Trace.at(5_002)));

        assertThat(trace.verdict().faults()).singleElement().asString().contains("not emitted so");
    }

    @Test
    void anEventThatBecameTwoDeliveriesFails() {
        Trace trace = Trace.of(EVENTS).disturbed(Kind.KILL, "function-invoker", 5_050, 6_000);
        trace.calls.add(new Call("all", "5001", "another", 1, 7L * ONE, Trace.at(5_100), Trace.at(5_101), 200, true));

        assertThat(trace.verdict().faults()).singleElement().asString().contains("one for each event");
    }

    @Test
    void twoEventsWithOneKeyOfIdempotencyFail() {
        Trace trace = Trace.of(EVENTS)
                .changed(
                        ONE,
                        call -> new Call(
                                "all",
                                "5001",
                                "delivery-7",
                                1,
                                call.digest(),
                                call.began(),
                                call.answered(),
                                200,
                                true));

        assertThat(trace.verdict().faults()).singleElement().asString().contains("one for each event");
    }

    @ParameterizedTest
    @CsvSource({"KILL,function-invoker", "FREEZE,function-invoker", "CUT,postgresql", "STOP,postgresql"})
    void aDuplicateOfWhatWasNotWrittenDownIsAllowed(Kind what, String target) {
        Verdict verdict = Trace.of(EVENTS)
                .disturbed(what, target, 5_035, 8_000)
                .calledAgain(ONE, 8_100)
                .verdict();

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.report()).contains("%s %s at 5.0 s: duplicated=1".formatted(what, target));
    }

    @ParameterizedTest
    @CsvSource({"KILL,api-gateway", "KILL,event-manager", "FREEZE,event-manager", "MISBEHAVE,function: FAIL"})
    void aDuplicateThatTheDisturbanceCannotHaveCausedFails(Kind what, String target) {
        Verdict verdict = Trace.of(EVENTS)
                .disturbed(what, target, 5_035, 8_000)
                .calledAgain(ONE, 8_100)
                .verdict();

        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void aDuplicateBeforeTheDisturbanceFails() {
        assertThat(Trace.of(EVENTS)
                        .disturbed(Kind.KILL, "function-invoker", 8_200, 9_000)
                        .calledAgain(ONE, 8_100)
                        .verdict()
                        .isPassed())
                .isFalse();
    }

    @Test
    void aDuplicateOfWhatHadLongBeenWrittenDownFails() {
        assertThat(Trace.of(EVENTS)
                        .disturbed(Kind.KILL, "function-invoker", 60_000, 62_000)
                        .calledAgain(ONE, 62_100)
                        .verdict()
                        .isPassed())
                .isFalse();
    }

    @Test
    void aDuplicateOfWhatSucceededLongAfterFails() {
        assertThat(Trace.of(EVENTS)
                        .disturbed(Kind.KILL, "function-invoker", 10, 1_000)
                        .changed(ONE, _ -> Trace.call(ONE, Trace.at(30_000), Trace.at(30_001)))
                        .calledAgain(ONE, 30_100)
                        .verdict()
                        .isPassed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"15,true", "16,false"})
    void aKillMayRepeatCallsInFlightAndOneSettleBatch(int duplicates, boolean passes) {
        Trace trace = Trace.of(EVENTS).disturbed(Kind.KILL, "function-invoker", 5_000, 6_000);
        for (int number = 4_900; number < 4_900 + duplicates; number++) {
            trace.calledAgain(number, 6_100);
        }

        Verdict verdict = trace.verdict();

        assertThat(verdict.duplicated()).isEqualTo(duplicates);
        assertThat(verdict.isPassed()).isEqualTo(passes);
    }

    @Test
    void aCallThatHangsIsInFlightNoLongerThanItsCallerWaits() {
        Trace trace = Trace.of(EVENTS).disturbed(Kind.KILL, "function-invoker", 8_000, 9_000);
        trace.calls.add(new Call("all", "5001", "delivery-5001", 1, 7L * ONE, Trace.at(5_020), Call.NEVER, 0, false));

        assertThat(trace.verdict().report()).contains("at most 15");
    }

    @Test
    void aRetryAfterATimeoutIsNoDuplicate() {
        Trace trace = Trace.of(EVENTS)
                .changed(WITHOUT_KEY, call -> answered(call, 200, false, call.began() + Trace.at(3_000)))
                .calledAgain(WITHOUT_KEY, 7_500);

        assertThat(trace.verdict().line()).isEqualTo("lost=0 duplicated=0 reordered=0");
    }

    @Test
    void anAnswerSoLateThatNobodyCanTellIsNoDuplicate() {
        Trace trace = Trace.of(EVENTS)
                .changed(ONE, call -> answered(call, 200, true, call.began() + Trace.at(1_990)))
                .calledAgain(ONE, 7_500);

        assertThat(trace.verdict().faults()).isEmpty();
    }

    @Test
    void journalsAreReadAsTheyWereWritten(@TempDir Path folder) throws Exception {
        Trace trace = Trace.of(100)
                .disturbed(Kind.KILL, "function-invoker", 10, 20)
                .changed(7, call -> answered(call, 0, false, Call.NEVER));
        Journal journal = new Journal(trace.emissions, trace.calls, trace.disturbances);

        journal.write(folder);

        assertThat(Journal.read(folder)).isEqualTo(journal);
    }

    @ParameterizedTest
    @CsvSource({"event-manager,503,false", "api-gateway,0,false", "event-manager,202,true"})
    void whoIsRefusedThoughThereIsAnotherReplicaIsFound(String killed, int status, boolean passes) {
        Trace trace = Trace.of(EVENTS).killedBesideAnother(killed, 2_900, 6_000);
        trace.emissions.replaceAll(emission -> answered(emission, emission.number() == ONE, status));

        assertThat(trace.verdict().isPassed()).isEqualTo(passes);
    }

    @Test
    void whoIsRefusedBecauseThereIsNoOtherOrRightAfterTheKillIsNot() {
        Trace trace = Trace.of(EVENTS)
                .disturbed(Kind.KILL, "event-manager", 2_900, 6_000)
                .killedBesideAnother("api-gateway", 4_950, 6_000);
        trace.emissions.replaceAll(emission -> answered(emission, emission.number() == ONE, 503));

        assertThat(trace.verdict().faults()).isEmpty();
    }

    @Test
    void howLongNothingWentOnIsSaid() {
        Trace trace = Trace.of(EVENTS)
                .disturbed(Kind.KILL, "event-manager", 5_000, 6_500)
                .without(call -> call.began() > Trace.at(5_010) && call.began() < Trace.at(6_210));
        trace.emissions.replaceAll(
                emission -> answered(emission, emission.number() >= 5_000 && emission.number() < 6_100, 503));

        assertThat(trace.verdict().report())
                .contains("KILL event-manager at 5.0 s: ingest closed for 1.1 s, delivery silent for 1.2 s");
    }

    private static Call answered(Call call, int status, boolean couldArrive, long answered) {
        return new Call(
                call.subscription(),
                call.event(),
                call.delivery(),
                call.attempt(),
                call.digest(),
                call.began(),
                answered,
                status,
                couldArrive);
    }

    private static Emission answered(Emission emission, boolean changes, int status) {
        return changes
                ? new Emission(
                        emission.number(), emission.key(), emission.digest(), emission.sentAt(), Call.NEVER, status)
                : emission;
    }
}
