package io.dispatch.driver.cron;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One field of a cron expression, read.
 *
 * @param values what matches, in Spring's numbers
 * @param star whether a part of it begins with a star (or a question mark), which matters for the two fields of days
 */
record CronField(NavigableSet<Integer> values, boolean star) {

    /** What a field may hold. Names stand for numbers from {@link #first} on. */
    enum Kind {
        SECOND("second", 0, 59, ""),
        MINUTE("minute", 0, 59, ""),
        HOUR("hour", 0, 23, ""),
        DAY_OF_MONTH("day of month", 1, 31, ""),
        MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        DAY_OF_WEEK("day of week", 0, 6, "sun mon tue wed thu fri sat"),
        DAY_OF_WEEK_TO_7("day of week", 0, 7, "sun mon tue wed thu fri sat"),
        DAY_OF_WEEK_FROM_1("day of week", 1, 7, "sun mon tue wed thu fri sat"),
        YEAR("year", 1970, 2099, "");

        private final String title;
        private final int first;
        private final int last;
        private final String names;

        Kind(String title, int first, int last, String names) {
            this.title = title;
            this.first = first;
            this.last = last;
            this.names = names;
        }

        /** The number of a number or name. */
        int number(String text) {
            List<String> words = names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
            int name = words.indexOf(text.toLowerCase(Locale.ROOT));
            if (name >= 0) {
                return first + name;
            }
            int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
            if (number < first || number > last) {
                throw wrong(text, words.isEmpty() ? "" : " or " + words.getFirst() + "–" + words.getLast());
            }
            return number;
        }

        /** Spring's number: days of the week from Sunday, 0. */
        int spring(int number) {
            return switch (this) {
                case DAY_OF_WEEK_TO_7 -> number % 7;
                case DAY_OF_WEEK_FROM_1 -> number - 1;
                default -> number;
            };
        }

        private IllegalArgumentException wrong(String text, String more) {
            return new IllegalArgumentException("%s is %d–%d%s, not \"%s\"".formatted(title, first, last, more, text));
        }
    }

    /** How free a dialect is with ranges. */
    enum Ranges {
        /** {@code n/step} runs to the end; a range never wraps. */
        OPEN,
        /** A step needs a star or a range; a range never wraps. */
        STRICT,
        /** {@code n/step} runs to the end; {@code fri-mon} wraps. */
        WRAPPING
    }

    /**
     * Reads a list of values, ranges and steps.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    static CronField parse(Kind kind, String text, Ranges ranges) {
        NavigableSet<Integer> values = new TreeSet<>();
        boolean star = false;
        for (String part : text.split(",", -1)) {
            star |= part.startsWith("*") || part.startsWith("?");
            add(kind, part, ranges, values);
        }
        return new CronField(values, star);
    }

    /** As Spring writes it. */
    String spring() {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static void add(Kind kind, String part, Ranges ranges, NavigableSet<Integer> values) {
        String[] rangeAndStep = part.split("/", -1);
        String[] bounds = rangeAndStep[0].split("-", -1);
        if (rangeAndStep.length > 2 || bounds.length > 2) {
            throw new IllegalArgumentException(
                    "\"%s\" in %s is no value, range (a-b) or step (a-b/n)".formatted(part, kind.title));
        }
        boolean all = bounds[0].equals("*") || bounds[0].equals("?");
        boolean stepped = rangeAndStep.length == 2;
        int first = all ? kind.first : kind.number(bounds[0]);
        int last = all ? kind.last : kind.number(bounds[bounds.length - 1]);
        if (all && bounds.length == 2) {
            throw new IllegalArgumentException("\"%s\" in %s: a star has no range".formatted(part, kind.title));
        }
        if (stepped && !all && bounds.length == 1) {
            if (ranges == Ranges.STRICT) {
                throw new IllegalArgumentException(
                        "\"%s\" in %s: a step needs a star or a range".formatted(part, kind.title));
            }
            last = kind.last;
        }
        int step = stepped ? step(kind, rangeAndStep[1], part) : 1;
        if (first > last && ranges != Ranges.WRAPPING) {
            throw new IllegalArgumentException("\"%s\" in %s ends before it begins".formatted(part, kind.title));
        }
        int size = kind.last - kind.first + 1;
        for (int value = first; value <= (first > last ? last + size : last); value += step) {
            values.add(kind.spring(kind.first + (value - kind.first) % size));
        }
    }

    private static int step(Kind kind, String text, String part) {
        int step = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (step == 0) {
            throw new IllegalArgumentException(
                    "\"%s\" in %s: a step is a whole number from 1 on".formatted(part, kind.title));
        }
        return step;
    }
}
