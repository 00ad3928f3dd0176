package io.dispatch.eventmanager.subscription;

import io.dispatch.eventmanager.filter.AttributeTest;
import io.dispatch.eventmanager.filter.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions by what they ask of one attribute. A value is looked up once as it is, and once for each length that a prefix or
 * suffix has. Filled by one thread before others read it.
 */
final class AttributeIndex {
    private final String attribute;
    private final Map<String, List<IndexedSubscription>> exact = new HashMap<>();
    private final Affixes prefixes = new Affixes();
    private final Affixes suffixes = new Affixes();

    AttributeIndex(String attribute) {
        this.attribute = attribute;
    }

    private static final class Affixes {
        private final Map<String, List<IndexedSubscription>> byText = new HashMap<>();
        private final TreeSet<Integer> lengths = new TreeSet<>();

        void add(String text, IndexedSubscription subscription) {
            byText.computeIfAbsent(text, _ -> new ArrayList<>()).add(subscription);
            lengths.add(text.length());
        }
    }

    void add(AttributeTest test, IndexedSubscription subscription) {
        switch (test.comparison()) {
            case EXACT ->
                exact.computeIfAbsent(test.wanted(), _ -> new ArrayList<>()).add(subscription);
            case PREFIX -> prefixes.add(test.wanted(), subscription);
            case SUFFIX -> suffixes.add(test.wanted(), subscription);
        }
    }

    /** Names those whose test the event passes. */
    void find(Candidate candidate, Consumer<IndexedSubscription> found) {
        @Nullable String value = candidate.text(attribute);
        if (value == null) {
            return;
        }
        exact.getOrDefault(value, List.of()).forEach(found);
        for (int length : prefixes.lengths.headSet(value.length(), true)) {
            prefixes.byText.getOrDefault(value.substring(0, length), List.of()).forEach(found);
        }
        for (int length : suffixes.lengths.headSet(value.length(), true)) {
            suffixes.byText
                    .getOrDefault(value.substring(value.length() - length), List.of())
                    .forEach(found);
        }
    }
}
