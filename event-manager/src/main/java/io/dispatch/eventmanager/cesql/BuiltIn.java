package io.dispatch.eventmanager.cesql;

import io.dispatch.eventmanager.cesql.Value.Failure;
import io.dispatch.eventmanager.cesql.Value.Text;
import io.dispatch.eventmanager.cesql.Value.Truth;
import io.dispatch.eventmanager.cesql.Value.Whole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A built-in function (CESQL 1.0.0, sections 3.5.1, 3.5.2 and, for casts, 3.7).
 *
 * @param name in upper case; functions of one name differ in how many arguments they take
 * @param zero the zero value of its type
 * @param parameters casts to the types of the parameters
 * @param repeated whether more arguments may follow, as texts
 * @param body takes arguments of the right types, without failures
 */
record BuiltIn(
        String name,
        Value zero,
        List<UnaryOperator<Value>> parameters,
        boolean repeated,
        Function<List<Value>, Value> body) {

    private static final UnaryOperator<Value> TEXT = Value::toText;
    private static final UnaryOperator<Value> WHOLE = Value::toWhole;
    private static final UnaryOperator<Value> TRUTH = Value::toTruth;

    private static final List<BuiltIn> ALL = List.of(
            fixed("LENGTH", Whole.ZERO, List.of(TEXT), it -> new Whole(Substrings.characters(text(it, 0)))),
            repeated("CONCAT", List.of(), it -> joined("", it)),
            repeated("CONCAT_WS", List.of(TEXT), it -> joined(text(it, 0), it.subList(1, it.size()))),
            fixed("LOWER", Text.EMPTY, List.of(TEXT), it -> new Text(text(it, 0).toLowerCase(Locale.ROOT))),
            fixed("UPPER", Text.EMPTY, List.of(TEXT), it -> new Text(text(it, 0).toUpperCase(Locale.ROOT))),
            fixed("TRIM", Text.EMPTY, List.of(TEXT), it -> new Text(Substrings.trimmed(text(it, 0)))),
            fixed("LEFT", Text.EMPTY, List.of(TEXT, WHOLE), it -> Substrings.left(text(it, 0), whole(it, 1))),
            fixed("RIGHT", Text.EMPTY, List.of(TEXT, WHOLE), it -> Substrings.right(text(it, 0), whole(it, 1))),
            fixed(
                    "SUBSTRING",
                    Text.EMPTY,
                    List.of(TEXT, WHOLE),
                    it -> Substrings.from(text(it, 0), whole(it, 1), Integer.MAX_VALUE)),
            fixed(
                    "SUBSTRING",
                    Text.EMPTY,
                    List.of(TEXT, WHOLE, WHOLE),
                    it -> Substrings.from(text(it, 0), whole(it, 1), whole(it, 2))),
            fixed("ABS", Whole.ZERO, List.of(WHOLE), it -> absolute(whole(it, 0))),
            fixed("INT", Whole.ZERO, List.of(WHOLE), List::getFirst),
            fixed("BOOL", Truth.FALSE, List.of(TRUTH), List::getFirst),
            fixed("STRING", Text.EMPTY, List.of(TEXT), List::getFirst));

    private static BuiltIn fixed(
            String name, Value zero, List<UnaryOperator<Value>> parameters, Function<List<Value>, Value> body) {
        return new BuiltIn(name, zero, parameters, false, body);
    }

    private static BuiltIn repeated(
            String name, List<UnaryOperator<Value>> parameters, Function<List<Value>, Value> body) {
        return new BuiltIn(name, Text.EMPTY, parameters, true, body);
    }

    /** The function of a name, in any case, that takes this number of arguments. */
    static Optional<BuiltIn> find(String name, int arguments) {
        return ALL.stream()
                .filter(function -> function.name.equalsIgnoreCase(name))
                .filter(function -> function.repeated
                        ? arguments >= function.parameters.size()
                        : arguments == function.parameters.size())
                .findFirst();
    }

    static boolean isName(String name) {
        return ALL.stream().anyMatch(function -> function.name.equalsIgnoreCase(name));
    }

    /** An argument as the type of its parameter. */
    Value cast(int index, Value argument) {
        return index < parameters.size() ? parameters.get(index).apply(argument) : argument.toText();
    }

    private static String text(List<Value> arguments, int index) {
        return ((Text) arguments.get(index)).value();
    }

    private static int whole(List<Value> arguments, int index) {
        return ((Whole) arguments.get(index)).value();
    }

    private static Value joined(String delimiter, List<Value> texts) {
        return new Text(texts.stream().map(Value::toString).collect(Collectors.joining(delimiter)));
    }

    private static Value absolute(int number) {
        return number == Integer.MIN_VALUE
                ? new Failure(
                        Fault.MATH,
                        new Whole(Integer.MAX_VALUE),
                        "the absolute value of " + number + " has more than 32 bits")
                : new Whole(Math.abs(number));
    }
}
