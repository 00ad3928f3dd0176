package io.dispatch.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a driver's options: the argument, else the environment variable of the same name, else the default. */
public final class Options {

    private final Map<Option<?>, Object> values;

    private Options(Map<Option<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads everything at once, so that a wrong value is known before anything starts. Understands {@code --name=value},
     * {@code --name value}, bare {@code --flag}, and one dash for two as Go's flags do.
     *
     * @throws ConfigurationException for the first thing that is wrong
     */
    static Options parse(List<Option<?>> known, List<String> arguments, Map<String, String> environment) {
        Map<Option<?>, List<String>> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.equals("-") || argument.equals("--")) {
                throw new ConfigurationException(
                        "\"%s\" is no option; options are written --name=value".formatted(argument));
            }
            String word = argument.substring(argument.startsWith("--") ? 2 : 1);
            int equals = word.indexOf('=');
            Option<?> option = option(known, equals < 0 ? word : word.substring(0, equals));
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (option.isFlag()) {
                value = "true";
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
                value = arguments.get(++i);
            } else {
                throw new ConfigurationException("--%s needs a value: --%s=…".formatted(option.name(), option.name()));
            }
            given.computeIfAbsent(option, key -> new ArrayList<>()).add(value);
        }
        Map<Option<?>, Object> values = new HashMap<>();
        for (Option<?> option : known) {
            List<String> texts = texts(option, given.getOrDefault(option, List.of()), environment);
            if (!texts.isEmpty()) {
                values.put(option, option.read(texts));
            }
        }
        return new Options(values);
    }

    /** The value, or nothing when it was not given and has no default. */
    @SuppressWarnings("unchecked") // parse() put in what this very option made of its text
    public <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable((T) values.get(option));
    }

    /**
     * The value of an option that is mandatory or has a default.
     *
     * @throws IllegalStateException if it is neither, or not one of the driver's options
     */
    public <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException("no value for --" + option.name()));
    }

    private static List<String> texts(Option<?> option, List<String> given, Map<String, String> environment) {
        if (given.size() > 1 && !option.repeatable()) {
            throw new ConfigurationException(
                    "--%s was given %d times; it takes one value".formatted(option.name(), given.size()));
        }
        if (!given.isEmpty()) {
            return given;
        }
        String variable = environment.getOrDefault(option.variable(), "");
        String text = variable.isEmpty() ? option.defaultText() : variable;
        if (text == null && option.required()) {
            throw new ConfigurationException("--%s is missing: %s".formatted(option.name(), option.help()));
        }
        return text == null ? List.of() : List.of(text);
    }

    private static Option<?> option(List<Option<?>> known, String word) {
        return known.stream()
                .filter(option -> option.isCalled(word))
                .findFirst()
                .orElseThrow(() -> unknown(known, word));
    }

    private static ConfigurationException unknown(List<Option<?>> known, String word) {
        @Nullable
        String nearest = known.stream()
                .map(Option::name)
                .min(Comparator.comparingInt(name -> distance(name, word)))
                .orElse(null);
        return new ConfigurationException(
                nearest == null
                        ? "--%s is unknown".formatted(word)
                        : "--%s is unknown; the nearest option is --%s".formatted(word, nearest));
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
