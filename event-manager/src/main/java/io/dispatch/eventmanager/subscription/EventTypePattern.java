package io.dispatch.eventmanager.subscription;

import java.util.List;

/**
 * An event type with wildcards: {@code *} stands for any run of characters, also none.
 *
 * @param parts the texts between the wildcards, at least two
 */
record EventTypePattern(List<String> parts) {

    EventTypePattern {
        parts = List.copyOf(parts);
    }

    static boolean isPattern(String eventType) {
        return eventType.indexOf('*') >= 0;
    }

    static EventTypePattern of(String eventType) {
        return new EventTypePattern(List.of(eventType.split("\\*", -1)));
    }

    /** Each part where it first fits is enough: the run before it takes the rest. */
    boolean matches(String type) {
        String first = parts.getFirst();
        String last = parts.getLast();
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
}
