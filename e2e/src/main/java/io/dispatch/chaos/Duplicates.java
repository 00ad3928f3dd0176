package io.dispatch.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds calls that were made although an earlier one had succeeded, and what may excuse them. */
final class Duplicates {

    private static final long SETTLED_WITHIN = Rules.SETTLED_WITHIN.toNanos();

    private final Journal journal;
    private final Rules rules;
    private final List<Duplicate> all;
    private final List<Duplicate> unexplained = new ArrayList<>();
    private final Map<Disturbance, Integer> explained = new HashMap<>();

    /**
     * A call too many.
     *
     * @param success the last one before it whose answer surely arrived in time
     * @param again the call
     */
    record Duplicate(Call success, Call again) {

        /**
         * Whether the disturbance may have undone the success: it had not been written down when that began, or was when all
         * worked again.
         */
        boolean isExplainedBy(Disturbance disturbance) {
            return disturbance.mayRepeatCalls()
                    && disturbance.from() <= again.began()
                    && disturbance.from() - SETTLED_WITHIN <= success.answered()
                    && success.answered() <= disturbance.to() + SETTLED_WITHIN;
        }
    }

    Duplicates(Journal journal, History history, Rules rules) {
        this.journal = journal;
        this.rules = rules;
        all = history.calls().values().stream()
                .flatMap(calls -> find(calls).stream())
                .toList();
        for (Duplicate duplicate : all) {
            journal.disturbances().stream()
                    .filter(duplicate::isExplainedBy)
                    .max(Comparator.comparingLong(Disturbance::from))
                    .ifPresentOrElse(
                            cause -> explained.merge(cause, 1, Integer::sum), () -> unexplained.add(duplicate));
        }
    }

    private List<Duplicate> find(List<Call> calls) {
        List<Duplicate> found = new ArrayList<>();
        for (Call again : calls) {
            calls.stream()
                    .filter(call -> call.isSuccess(rules.surelyInTime()) && call.answered() < again.began())
                    .max(Comparator.comparingLong(Call::answered))
                    .ifPresent(success -> found.add(new Duplicate(success, again)));
        }
        return found;
    }

    int count() {
        return all.size();
    }

    /** Those that nothing excuses, as excerpts. */
    List<String> unexplained() {
        return unexplained.stream()
                .map(duplicate -> "%s%n  again: %s"
                        .formatted(duplicate.success().line(), duplicate.again().line()))
                .toList();
    }

    /** How many each disturbance has caused, and how many it might. */
    List<String> byDisturbance() {
        return journal.disturbances().stream()
                .filter(Disturbance::mayRepeatCalls)
                .map(this::count)
                .toList();
    }

    /** The disturbances that have caused more than they may. */
    List<String> beyondMeasure() {
        return journal.disturbances().stream()
                .filter(disturbance -> explained.getOrDefault(disturbance, 0) > most(disturbance))
                .map(this::count)
                .toList();
    }

    private String count(Disturbance disturbance) {
        return "%s: duplicated=%d, at most %d"
                .formatted(disturbance, explained.getOrDefault(disturbance, 0), most(disturbance));
    }

    /** Calls in flight, and what one transaction settles. */
    private long most(Disturbance disturbance) {
        return rules.settleBatch()
                + journal.calls().stream()
                        .filter(call -> call.isInFlight(
                                disturbance.from(), rules.timeout().toNanos()))
                        .count();
    }
}
