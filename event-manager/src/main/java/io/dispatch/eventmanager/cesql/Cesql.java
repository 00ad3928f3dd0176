package io.dispatch.eventmanager.cesql;

import io.dispatch.contracts.event.Event;
import java.util.List;

/**
 * An expression of CloudEvents SQL 1.0.0
 * (<a href="https://github.com/cloudevents/spec/blob/main/cesql/spec.md">specification</a>). Immutable and safe to share between
 * threads.
 */
public final class Cesql {
    /** The longest expression, in UTF-16 units. */
    public static final int MAX_LENGTH = 4096;

    private final Expression expression;

    private Cesql(Expression expression) {
        this.expression = expression;
    }

    /**
     * Parses an expression.
     *
     * @throws InvalidExpressionException if it is none, is too long or nested too deeply, or calls a function that is not there
     */
    public static Cesql parse(String text) throws InvalidExpressionException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidExpressionException(
                    Fault.PARSE, MAX_LENGTH, "more than %d characters are there".formatted(MAX_LENGTH));
        }
        return new Cesql(new Parser(text).parse());
    }

    /**
     * What an index may look for: lists of which each has something that is so of every event for which the value is true.
     * Empty where nothing simple can be said.
     */
    public List<List<Implied>> implied() {
        return expression.implied();
    }

    /** The value for an event, a {@link Value.Failure} if there is none or it would cost too much. Never throws. */
    public Value evaluate(Event event) {
        try {
            return expression.evaluate(new Evaluation(event));
        } catch (Evaluation.TooExpensive tooExpensive) {
            return new Value.Failure(Fault.GENERIC, Value.Truth.FALSE, String.valueOf(tooExpensive.getMessage()));
        }
    }
}
