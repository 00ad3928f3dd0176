package io.dispatch.eventmanager.cesql;

import java.util.Locale;

/** What an expression evaluates to: one of the three types of CESQL 1.0.0, section 3.1, or an error with a value of one. */
public sealed interface Value {
    /** A String. */
    record Text(String value) implements Value {
        /** The zero value. */
        static final Text EMPTY = new Text("");

        @Override
        public String toString() {
            return value;
        }
    }

    /** An Integer. */
    record Whole(int value) implements Value {
        /** The zero value. */
        static final Whole ZERO = new Whole(0);

        /** A result, or a failure if it has more than 32 bits. */
        static Value of(long value) {
            return value == (int) value
                    ? new Whole((int) value)
                    : new Failure(Fault.MATH, ZERO, value + " has more than 32 bits");
        }

        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /** A Boolean. */
    record Truth(boolean value) implements Value {
        /** As it says. */
        static final Truth TRUE = new Truth(true);

        /** The zero value. */
        static final Truth FALSE = new Truth(false);

        static Truth of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * The first error that was met. Evaluation ends with it ("fail fast", section 4.1).
     *
     * @param fault its kind
     * @param result the value that stands for the result nevertheless; itself no failure
     * @param reason in words
     */
    record Failure(Fault fault, Value result, String reason) implements Value {
        /** The same error as the result of an operation that has the failed one as operand. */
        Failure as(Value zero) {
            return new Failure(fault, zero, reason);
        }
    }

    /** As String (section 3.7), which every value can be; a failure stays one. */
    default Value toText() {
        return switch (this) {
            case Text text -> text;
            case Failure failure -> failure.as(Text.EMPTY);
            default -> new Text(toString());
        };
    }

    /** As Boolean, or a failure. */
    default Value toTruth() {
        return switch (this) {
            case Truth truth -> truth;
            case Whole number -> Truth.of(number.value() != 0);
            case Failure failure -> failure.as(Truth.FALSE);
            case Text text ->
                switch (text.value().toLowerCase(Locale.ROOT)) {
                    case "true" -> Truth.TRUE;
                    case "false" -> Truth.FALSE;
                    default -> notA("boolean", Truth.FALSE);
                };
        };
    }

    /** As Integer, or a failure. */
    default Value toWhole() {
        return switch (this) {
            case Whole number -> number;
            case Truth truth -> new Whole(truth.value() ? 1 : 0);
            case Failure failure -> failure.as(Whole.ZERO);
            case Text text -> Digits.toWhole(text.value());
        };
    }

    /** As the type that another value has, which is no failure. */
    default Value toTypeOf(Value other) {
        return switch (other) {
            case Text _ -> toText();
            case Whole _ -> toWhole();
            case Truth _ -> toTruth();
            case Failure failure -> failure;
        };
    }

    /** That this value cannot be taken as another type. */
    default Failure notA(String type, Value result) {
        return new Failure(Fault.CAST, result, "%s is no %s".formatted(Digits.quoted(this), type));
    }
}
