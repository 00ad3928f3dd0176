package io.dispatch.eventmanager.subscription;

import io.dispatch.eventmanager.filter.AttributeTest;
import io.dispatch.eventmanager.filter.AttributeTest.Comparison;
import java.util.List;
import java.util.stream.Stream;

/**
 * The event type of a subscription: {@code *} stands for any run of characters, also none.
 *
 * @param parts the texts between the wildcards, at least one; a single one is the type itself
 */
record EventTypePattern(List<String> parts) {

    EventTypePattern {
        parts = List.copyOf(parts);
    }

    static EventTypePattern of(String eventType) {
        return new EventTypePattern(List.of(eventType.split("\\*", -1)));
    }

    /** Each part where it first fits is enough: the run before it takes the rest. */
    boolean matches(String type) {
        String first = parts.getFirst();
        String last = parts.getLast();
        if (parts.size() == 1) {
            return type.equals(first);
        }
        if (type.length() < first.length() + last.length() || !type.startsWith(first) || !type.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = type.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int at = type.indexOf(part, from);
            if (at < 0 || at + part.length() > end) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    /** Tests that every event passes whose type matches. */
    Stream<AttributeTest> tests() {
        if (parts.size() == 1) {
            return Stream.of(new AttributeTest("type", Comparison.EXACT, parts.getFirst()));
        }
        return Stream.of(
                        new AttributeTest("type", Comparison.PREFIX, parts.getFirst()),
                        new AttributeTest("type", Comparison.SUFFIX, parts.getLast()))
                .filter(test -> !test.wanted().isEmpty());
    }
}
