package io.dispatch.driver;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option of a driver: how it is called, what it takes, and how its text becomes a value. Immutable; two options are the same
 * only if they are the same object, so a driver keeps each in a constant.
 *
 * @param <T> what a driver gets for it
 */
public final class Option<T> {

    /** All that can be said of an option but how its text becomes a value. */
    private record Traits(
            String name,
            String type,
            String help,
            @Nullable String defaultText,
            List<String> aliases,
            boolean required,
            boolean secret,
            boolean repeatable) {}

    private final Traits traits;
    private final Function<List<String>, T> reader;

    private Option(Traits traits, Function<List<String>, T> reader) {
        this.traits = traits;
        this.reader = reader;
    }

    /**
     * An option of any type.
     *
     * @param type how the type is called in {@code --describe} and in errors
     * @param reader makes the value; throws {@link IllegalArgumentException} with the rule that the text breaks
     */
    public static <T> Option<T> of(String name, String type, String help, Function<String, T> reader) {
        return new Option<>(
                new Traits(name, type, help, null, List.of(), false, false, false),
                texts -> reader.apply(texts.getFirst()));
    }

    public static Option<String> text(String name, String help) {
        return of(name, "text", help, Function.identity());
    }

    /** True when given bare ({@code --name}) or as {@code true} or {@code 1}; false by default. */
    public static Option<Boolean> flag(String name, String help) {
        return of(name, "flag", help, Option::readFlag).withDefault("false");
    }

    /** A whole number from zero on. */
    public static Option<Integer> count(String name, String help) {
        return of(name, "count", help, Option::readCount);
    }

    /** A length of time, see {@link GoDuration#parse}. */
    public static Option<Duration> duration(String name, String help) {
        return of(name, "duration", help, GoDuration::parse);
    }

    /** One of the constants of an enum, written in lower case with {@code -} for {@code _}. */
    public static <E extends Enum<E>> Option<E> choice(String name, Class<E> choices, String help) {
        List<E> constants = List.of(choices.getEnumConstants());
        String words = constants.stream().map(Option::word).collect(Collectors.joining("|"));
        return of(
                name,
                words,
                help,
                text -> constants.stream()
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("none of " + words)));
    }

    /** The same option, with a value where none is given. */
    public Option<T> withDefault(String text) {
        return with(new Traits(name(), type(), help(), text, aliases(), required(), secret(), repeatable()));
    }

    /** The same option, also known by other names. */
    public Option<T> alias(String... names) {
        return with(
                new Traits(name(), type(), help(), defaultText(), List.of(names), required(), secret(), repeatable()));
    }

    /** The same option, without which the driver does not start. */
    public Option<T> mandatory() {
        return with(new Traits(name(), type(), help(), defaultText(), aliases(), true, secret(), repeatable()));
    }

    /** The same option, whose value is never printed. */
    public Option<T> hidden() {
        return with(new Traits(name(), type(), help(), defaultText(), aliases(), required(), true, repeatable()));
    }

    /** The same option, which may be given several times. */
    public Option<List<T>> repeated() {
        return new Option<>(
                new Traits(name(), type(), help(), defaultText(), aliases(), required(), secret(), true),
                texts -> texts.stream().map(text -> reader.apply(List.of(text))).toList());
    }

    public String name() {
        return traits.name();
    }

    String type() {
        return traits.type();
    }

    String help() {
        return traits.help();
    }

    @Nullable
    String defaultText() {
        return traits.defaultText();
    }

    List<String> aliases() {
        return traits.aliases();
    }

    boolean required() {
        return traits.required();
    }

    boolean secret() {
        return traits.secret();
    }

    boolean repeatable() {
        return traits.repeatable();
    }

    boolean isFlag() {
        return type().equals("flag");
    }

    boolean isCalled(String word) {
        return name().equals(word) || aliases().contains(word);
    }

    /** The environment variable that stands for this option: {@code max-age} is {@code MAX_AGE}. */
    String variable() {
        return name().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    T read(List<String> texts) {
        try {
            return reader.apply(texts);
        } catch (IllegalArgumentException e) {
            String shown = secret() ? "(not shown)" : String.join(", ", texts);
            throw new ConfigurationException(
                    "--%s takes a %s: \"%s\" is %s".formatted(name(), type(), shown, e.getMessage()));
        }
    }

    private Option<T> with(Traits other) {
        return new Option<>(other, reader);
    }

    private static boolean readFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "t" -> true;
            case "false", "0", "f" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static int readCount(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("no whole number from 0 to 999999999");
        }
        return Integer.parseInt(text);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
