package io.dispatch.eventmanager.cesql;

import io.dispatch.eventmanager.cesql.Value.Failure;
import io.dispatch.eventmanager.cesql.Value.Truth;
import io.dispatch.eventmanager.cesql.Value.Whole;

/** The binary operators (CESQL 1.0.0, section 3.4.2), of which those of one precedence are applied from left to right. */
enum Operator {
    MULTIPLY("*", 4),
    DIVIDE("/", 4),
    REMAINDER("%", 4),
    ADD("+", 3),
    SUBTRACT("-", 3),
    EQUAL("=", 2),
    NOT_EQUAL("!=", 2),
    UNEQUAL("<>", 2),
    LESS_OR_EQUAL("<=", 2),
    GREATER_OR_EQUAL(">=", 2),
    LESS("<", 2),
    GREATER(">", 2),
    AND("AND", 1),
    OR("OR", 1),
    XOR("XOR", 1);

    /** The precedence of those that bind weakest. */
    static final int WEAKEST = 1;

    /** The precedence of those that bind strongest. */
    static final int STRONGEST = 4;

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    String symbol() {
        return symbol;
    }

    int precedence() {
        return precedence;
    }

    /** AND and OR do not look at the right operand if the left one decides. */
    Value evaluate(Expression left, Expression right, Evaluation evaluation) {
        Value x = left.evaluate(evaluation);
        return switch (this) {
            case AND ->
                x.toTruth().equals(Truth.TRUE) ? right.evaluate(evaluation).toTruth() : x.toTruth();
            case OR ->
                x.toTruth().equals(Truth.FALSE) ? right.evaluate(evaluation).toTruth() : x.toTruth();
            case XOR -> xor(x.toTruth(), right.evaluate(evaluation).toTruth());
            case EQUAL -> equality(x, right.evaluate(evaluation), true);
            case NOT_EQUAL, UNEQUAL -> equality(x, right.evaluate(evaluation), false);
            case MULTIPLY, DIVIDE, REMAINDER, ADD, SUBTRACT, LESS_OR_EQUAL, GREATER_OR_EQUAL, LESS, GREATER ->
                ofWholes(x.toWhole(), right.evaluate(evaluation).toWhole());
        };
    }

    private static Value xor(Value x, Value y) {
        return x instanceof Truth(boolean a) && y instanceof Truth(boolean b)
                ? Truth.of(a != b)
                : firstFailure(x, y, Truth.FALSE);
    }

    /** The left operand is taken as the type of the right one (section 3.7). */
    private static Value equality(Value x, Value y, boolean wanted) {
        if (x instanceof Failure || y instanceof Failure) {
            return firstFailure(x, y, Truth.FALSE);
        }
        Value cast = x.toTypeOf(y);
        return cast instanceof Failure failure ? failure.as(Truth.FALSE) : Truth.of(cast.equals(y) == wanted);
    }

    private Value ofWholes(Value x, Value y) {
        return x instanceof Whole(int a) && y instanceof Whole(int b)
                ? ofWholes((long) a, (long) b)
                : firstFailure(x, y, precedence > EQUAL.precedence ? Whole.ZERO : Truth.FALSE);
    }

    /** A result beyond 32 bits is an error: the specification says nothing, and a wrong number would be no better. */
    private Value ofWholes(long x, long y) {
        return switch (this) {
            case MULTIPLY -> Whole.of(x * y);
            case DIVIDE -> y == 0 ? byZero(x) : Whole.of(x / y);
            case REMAINDER -> y == 0 ? byZero(x) : Whole.of(x % y);
            case ADD -> Whole.of(x + y);
            case SUBTRACT -> Whole.of(x - y);
            case LESS_OR_EQUAL -> Truth.of(x <= y);
            case GREATER_OR_EQUAL -> Truth.of(x >= y);
            case LESS -> Truth.of(x < y);
            case GREATER -> Truth.of(x > y);
            case EQUAL, NOT_EQUAL, UNEQUAL, AND, OR, XOR ->
                throw new IllegalStateException(symbol + " is not of integers only");
        };
    }

    private static Value byZero(long x) {
        return new Failure(Fault.MATH, Whole.ZERO, x + " is divided by 0");
    }

    private static Value firstFailure(Value x, Value y, Value zero) {
        return ((Failure) (x instanceof Failure ? x : y)).as(zero);
    }
}
