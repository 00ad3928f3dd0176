package io.dispatch.eventmanager.cesql;

import io.dispatch.contracts.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A node of a parsed expression. Immutable. */
sealed interface Expression {

    /** The value; or, with the zero value of its own type, the failure of the first operand that failed. */
    Value evaluate(Evaluation evaluation);

    /** Lists of which each has something that is so where the value is true; no list where nothing simple can be said. */
    default List<List<Implied>> implied() {
        return List.of();
    }

    /** A literal. */
    record Literal(Value value) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            return value;
        }
    }

    /** The value of an attribute. */
    record Attribute(String name) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            return evaluation.read(name);
        }
    }

    /** {@code EXISTS name}. */
    record Exists(String name) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            return Value.Truth.of(evaluation.exists(name));
        }
    }

    /**
     * {@code NOT x}. What is no Boolean counts as false before it is negated. An Integer is refused, although section 3.7 has a
     * cast for it: the official test kit says so ("Invalid int cast").
     */
    record Not(Expression operand) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            Value value = operand.evaluate(evaluation);
            if (value instanceof Value.Failure failure) {
                return failure.as(Value.Truth.FALSE);
            }
            return !(value instanceof Value.Whole) && value.toTruth() instanceof Value.Truth(boolean truth)
                    ? Value.Truth.of(!truth)
                    : value.notA("boolean", Value.Truth.TRUE);
        }
    }

    /** {@code -x}. */
    record Negate(Expression operand) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            Value value = operand.evaluate(evaluation).toWhole();
            return value instanceof Value.Whole(int number) ? Value.Whole.of(-(long) number) : value;
        }
    }

    /** {@code left operator right}. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            return operator.evaluate(left, right, evaluation);
        }

        @Override
        public List<List<Implied>> implied() {
            return switch (operator) {
                case AND ->
                    Stream.concat(left.implied().stream(), right.implied().stream())
                            .toList();
                case OR -> either(left.implied(), right.implied());
                case EQUAL ->
                    left instanceof Attribute(String name) && right instanceof Literal(Value.Text(String text))
                            ? List.of(List.of(new Implied(name, text, true)))
                            : List.of();
                default -> List.of();
            };
        }

        private static List<List<Implied>> either(List<List<Implied>> some, List<List<Implied>> others) {
            return some.isEmpty() || others.isEmpty()
                    ? List.of()
                    : List.of(Stream.of(some.getFirst(), others.getFirst())
                            .flatMap(List::stream)
                            .toList());
        }
    }

    /** {@code x LIKE 'pattern'}. */
    record Like(Expression operand, LikePattern pattern) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            return switch (operand.evaluate(evaluation).toText()) {
                case Value.Text(String text) -> Value.Truth.of(pattern.matches(text, evaluation));
                case Value.Failure failure -> failure.as(Value.Truth.FALSE);
                case Value other -> throw new IllegalStateException(other + " is no text");
            };
        }

        @Override
        public List<List<Implied>> implied() {
            String beginning = pattern.beginning();
            return operand instanceof Attribute(String name) && (pattern.isText() || !beginning.isEmpty())
                    ? List.of(List.of(new Implied(name, beginning, pattern.isText())))
                    : List.of();
        }
    }

    /** {@code x IN (…)}: the elements are taken as the type of {@code x}, in order and up to the first that is equal. */
    record In(Expression operand, List<Expression> elements) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            Value value = operand.evaluate(evaluation);
            if (value instanceof Value.Failure failure) {
                return failure.as(Value.Truth.FALSE);
            }
            for (Expression element : elements) {
                Value candidate = element.evaluate(evaluation).toTypeOf(value);
                if (candidate instanceof Value.Failure failure) {
                    return failure.as(Value.Truth.FALSE);
                }
                if (candidate.equals(value)) {
                    return Value.Truth.TRUE;
                }
            }
            return Value.Truth.FALSE;
        }

        /** Of attributes that are always texts: where one is an integer, 5 is in ('05'). */
        @Override
        public List<List<Implied>> implied() {
            if (!(operand instanceof Attribute(String name)) || !Event.isCore(name)) {
                return List.of();
            }
            List<Implied> any = new ArrayList<>();
            for (Expression element : elements) {
                if (!(element instanceof Literal(Value literal))) {
                    return List.of();
                }
                any.add(new Implied(name, literal.toString(), true));
            }
            return List.of(any);
        }
    }

    /** The negation of {@code LIKE} and {@code IN}, whose failure is false too. */
    record Otherwise(Expression operand) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            Value value = operand.evaluate(evaluation);
            return value instanceof Value.Truth(boolean truth) ? Value.Truth.of(!truth) : value;
        }
    }

    /** {@code FUNCTION(…)}. */
    record Call(BuiltIn function, List<Expression> arguments) implements Expression {
        @Override
        public Value evaluate(Evaluation evaluation) {
            List<Value> values = new ArrayList<>(arguments.size());
            for (Expression argument : arguments) {
                Value value = function.cast(values.size(), argument.evaluate(evaluation));
                if (value instanceof Value.Failure failure) {
                    return failure.as(function.zero());
                }
                if (value instanceof Value.Text(String text)) {
                    evaluation.spend(text.length());
                }
                values.add(value);
            }
            return function.body().apply(values);
        }
    }
}
