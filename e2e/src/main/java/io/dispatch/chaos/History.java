package io.dispatch.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A journal put in order: which calls were about which event. */
final class History {

    private final Map<String, Emission> emissions = new HashMap<>();
    private final Map<Owed, List<Call>> calls = new HashMap<>();
    private final List<Emission> accepted;
    private final Rules rules;

    /** An event that a subscription wants. */
    record Owed(String subscription, String event) {}

    History(Journal journal, Rules rules) {
        this.rules = rules;
        accepted = journal.emissions().stream().filter(Emission::isAccepted).toList();
        journal.emissions().forEach(emission -> emissions.put(Integer.toString(emission.number()), emission));
        journal.calls().stream()
                .sorted(Comparator.comparingLong(Call::began))
                .forEach(call -> calls.computeIfAbsent(
                                new Owed(call.subscription(), call.event()), _ -> new ArrayList<>())
                        .add(call));
    }

    List<Emission> accepted() {
        return accepted;
    }

    /** Null if nobody emitted an event of that id. */
    @Nullable
    Emission emission(String event) {
        return emissions.get(event);
    }

    /** All calls by what they were about, each list in the order the calls began. */
    Map<Owed, List<Call>> calls() {
        return calls;
    }

    List<Call> calls(String subscription, Emission emission) {
        return calls.getOrDefault(new Owed(subscription, Integer.toString(emission.number())), List.of());
    }

    /** The call that was the first to succeed, or null. */
    @Nullable
    Call firstSuccess(String subscription, Emission emission) {
        return calls(subscription, emission).stream()
                .filter(call -> call.isSuccess(rules.timeout().toNanos()))
                .min(Comparator.comparingLong(Call::answered))
                .orElse(null);
    }
}
