package io.dispatch.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what the journals say against the rules. */
final class Judge {

    private static final int EXAMPLES = 5;

    private final Journal journal;
    private final Rules rules;
    private final History history;
    private final List<String> faults = new ArrayList<>();

    private Judge(Journal journal, Rules rules) {
        this.journal = journal;
        this.rules = rules;
        this.history = new History(journal, rules);
    }

    static Verdict judge(Journal journal, Rules rules) {
        return new Judge(journal, rules).verdict();
    }

    private Verdict verdict() {
        if (history.accepted().size() < rules.leastEvents()) {
            faults.add("%d events were accepted, which is too few to tell: at least %d are needed"
                    .formatted(history.accepted().size(), rules.leastEvents()));
        }
        List<String> lost = rules.subscriptions().stream()
                .flatMap(subscription -> lost(subscription).stream())
                .toList();
        refuse("accepted events were lost", lost);
        Duplicates duplicates = new Duplicates(journal, history, rules);
        refuse("calls were made again although nothing had happened to their success", duplicates.unexplained());
        refuse("disturbances caused more duplicates than they may", duplicates.beyondMeasure());
        Pauses pauses = new Pauses(journal);
        refuse("emissions were not accepted although there was another replica", pauses.refusedBesideAnother());
        Order order = new Order(history);
        Map<String, List<String>> overtakers = rules.subscriptions().stream()
                .collect(Collectors.toMap(subscription -> subscription, order::overtakers));
        rules.ordered()
                .forEach(subscription ->
                        refuse("events overtook one of their key", overtakers.getOrDefault(subscription, List.of())));
        refuse("calls brought what was not emitted so", strangeCalls());
        refuse("deliveries were not one for each event and subscription", mistakenDeliveries());
        refuse("emissions were answered with what is not true", wrongAnswers());
        return new Verdict(
                lost.size(),
                duplicates.count(),
                overtakers.values().stream().mapToInt(List::size).sum(),
                notes(duplicates, pauses),
                List.copyOf(faults));
    }

    private void refuse(String rule, Collection<String> found) {
        if (!found.isEmpty()) {
            faults.add(found.stream()
                    .limit(EXAMPLES)
                    .collect(Collectors.joining("%n  ".formatted(), "%d %s:%n  ".formatted(found.size(), rule), "")));
        }
    }

    private List<String> notes(Duplicates duplicates, Pauses pauses) {
        List<String> notes = new ArrayList<>();
        notes.add("emitted=%d accepted=%d unanswered=%d calls=%d"
                .formatted(
                        journal.emissions().size(),
                        history.accepted().size(),
                        journal.emissions().stream()
                                .filter(emission -> emission.status() == 0)
                                .count(),
                        journal.calls().size()));
        notes.addAll(pauses.byDisturbance());
        notes.addAll(duplicates.byDisturbance());
        return notes;
    }

    private List<String> lost(String subscription) {
        return history.accepted().stream()
                .filter(emission -> history.firstSuccess(subscription, emission) == null)
                .map(emission -> "%s for %s, called: %s"
                        .formatted(
                                emission.line(),
                                subscription,
                                history.calls(subscription, emission).stream()
                                        .map(Call::line)
                                        .toList()))
                .toList();
    }

    /** Of an event that nobody emitted, with another payload, before it was sent, or for a subscription that is not there. */
    private List<String> strangeCalls() {
        return journal.calls().stream()
                .filter(call -> {
                    Emission emission = history.emission(call.event());
                    return emission == null
                            || emission.digest() != call.digest()
                            || call.began() < emission.sentAt()
                            || !rules.subscriptions().contains(call.subscription());
                })
                .map(Call::line)
                .toList();
    }

    /** An event is sent once, so it is one delivery of a subscription, with a key that no other has. */
    private List<String> mistakenDeliveries() {
        Map<String, History.Owed> owners = new HashMap<>();
        List<String> found = new ArrayList<>();
        history.calls().forEach((owed, calls) -> {
            Set<String> keys = calls.stream().map(Call::delivery).collect(Collectors.toUnmodifiableSet());
            boolean shared = keys.stream().anyMatch(key -> owners.putIfAbsent(key, owed) != null);
            if (keys.size() != 1 || shared) {
                found.add("%s: %s".formatted(owed, keys));
            }
        });
        return found;
    }

    private List<String> wrongAnswers() {
        return journal.emissions().stream()
                .filter(Emission::isAnsweredWrongly)
                .map(Emission::line)
                .toList();
    }
}
