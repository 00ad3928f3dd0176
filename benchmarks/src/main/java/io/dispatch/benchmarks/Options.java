package io.dispatch.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param root the checkout
 * @param seconds how long each load lasts
 * @param rates of the open loops, events a second
 * @param warmUp seconds of load before; the JIT compilers need a minute and more of it, on two cores
 * @param parts what is measured of the running product, in their own order
 * @param backlog how many deliveries the backlog is to hold
 * @param text as they were given
 */
record Options(
        Path root, double seconds, List<Double> rates, double warmUp, Set<Part> parts, int backlog, String text) {

    static final String USAGE = "--seconds N, --rates N,N,… , --warm-up N, --all, --only PART,… (%s) and --backlog N"
            .formatted(partNames());

    /** What can be measured of the running product; {@link #RATES} if nothing is said. */
    enum Part {
        RATES,
        MODES,
        FUNCTIONS,
        REPLAY,
        BACKLOG,
        SUBSCRIPTIONS
    }

    /**
     * Reads a command line.
     *
     * @param arguments the checkout, then the options that {@code benchmarks/run} takes
     * @throws IllegalArgumentException if there is no such option, or a value is missing or none
     */
    static Options parse(String... arguments) {
        double seconds = 30;
        List<Double> rates = List.of(6000.0, 3000.0, 200.0);
        double warmUp = 60;
        int backlog = 1_000_000;
        Set<Part> parts = EnumSet.of(Part.RATES);
        Iterator<String> words = Arrays.stream(arguments).skip(1).iterator();
        while (words.hasNext()) {
            String option = words.next();
            if (option.equals("--all")) {
                parts = EnumSet.allOf(Part.class);
                continue;
            }
            String value = words.hasNext() ? words.next() : "";
            switch (option) {
                case "--seconds" -> seconds = number(option, value);
                case "--rates" ->
                    rates = words(value).map(rate -> number(option, rate)).toList();
                case "--warm-up" -> warmUp = number(option, value);
                case "--only" ->
                    parts = words(value)
                            .map(Options::part)
                            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
                case "--backlog" -> backlog = (int) number(option, value);
                default -> throw new IllegalArgumentException("unknown: %s; there are %s".formatted(option, USAGE));
            }
        }
        String text = String.join(" ", Arrays.asList(arguments).subList(1, arguments.length));
        return new Options(Path.of(arguments[0]).toAbsolutePath(), seconds, rates, warmUp, parts, backlog, text);
    }

    private static double number(String option, String value) {
        try {
            double number = Double.parseDouble(value);
            if (number >= 0 && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("%s must be a number, but was \"%s\"".formatted(option, value));
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--only must be of %s, but was \"%s\"".formatted(partNames(), name)));
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",", -1));
    }

    private static String partNames() {
        return Arrays.stream(Part.values())
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
