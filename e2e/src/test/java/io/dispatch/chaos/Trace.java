package io.dispatch.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Journals of a platform that does all right, one event a millisecond, to be spoiled by a test. */
final class Trace {

    static final Duration TIMEOUT = Duration.ofSeconds(2);
    static final int SETTLE_BATCH = 10;

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final int KEYS = 4;

    final List<Emission> emissions = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<Disturbance> disturbances = new ArrayList<>();
    private boolean ordered;

    /** Each event is called 20 ms after it was sent, and answered 5 ms later; every second one has a key. */
    static Trace of(int events) {
        Trace trace = new Trace();
        for (int number = 0; number < events; number++) {
            long sent = number * MILLISECOND;
            String key = number % 2 == 0 ? "" : "key-" + number % (2 * KEYS);
            trace.emissions.add(new Emission(number, key, 7L * number, sent, sent + MILLISECOND / 2, 202));
            trace.calls.add(call(number, at(number + 20), at(number + 25)));
        }
        return trace;
    }

    /** A call that is answered 200. */
    static Call call(int number, long began, long answered) {
        return new Call(
                "all", Integer.toString(number), "delivery-" + number, 1, 7L * number, began, answered, 200, true);
    }

    /** In nanoseconds. */
    static long at(int milliseconds) {
        return milliseconds * MILLISECOND;
    }

    Trace ordered() {
        ordered = true;
        return this;
    }

    Trace disturbed(Disturbance.Kind what, String target, int from, int to) {
        disturbances.add(new Disturbance(what, target, at(from), at(to), 1));
        return this;
    }

    /** One of two is killed. */
    Trace killedBesideAnother(String target, int from, int to) {
        disturbances.add(new Disturbance(Disturbance.Kind.KILL, target, at(from), at(to), 2));
        return this;
    }

    /** The same event a second time, answered 1 ms later. */
    Trace calledAgain(int number, int began) {
        calls.add(call(number, at(began), at(began + 1)));
        return this;
    }

    /** The call of an event is not what it was. */
    Trace changed(int number, UnaryOperator<Call> change) {
        calls.replaceAll(call -> call.event().equals(Integer.toString(number)) ? change.apply(call) : call);
        return this;
    }

    Trace without(Predicate<Call> calls) {
        this.calls.removeIf(calls);
        return this;
    }

    Verdict verdict() {
        return Judge.judge(
                new Journal(emissions, calls, disturbances),
                new Rules(Set.of("all"), ordered ? Set.of("all") : Set.of(), TIMEOUT, SETTLE_BATCH, 1));
    }
}
