package io.dispatch.eventmanager.cesql;

import io.dispatch.contracts.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation against one event. What it may cost is bounded, since both the expression and the event come from others: an
 * attribute and an argument of a function cost their length, and {@code LIKE} what it tries in vain.
 */
final class Evaluation {
    /** In characters looked at; about a tenth of a millisecond, as all events of all organizations wait for it. */
    static final int MAX_COST = 100_000;

    private final Event event;
    private int cost;

    Evaluation(Event event) {
        this.event = event;
    }

    /** Thrown when too much was spent, through all operators, up to where the evaluation began. */
    static final class TooExpensive extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooExpensive() {
            super("the evaluation looks at more than %,d characters".formatted(MAX_COST), null, false, false);
        }
    }

    void spend(int characters) {
        cost += characters;
        if (cost > MAX_COST) {
            throw new TooExpensive();
        }
    }

    boolean exists(String attribute) {
        return attribute(attribute) != null;
    }

    /** The value of an attribute, or a failure if the event does not have it. */
    Value read(String name) {
        return switch (attribute(name)) {
            case String text -> {
                spend(text.length());
                yield new Value.Text(text);
            }
            case Integer number -> new Value.Whole(number);
            case Boolean truth -> Value.Truth.of(truth);
            case null, default ->
                new Value.Failure(Fault.MISSING_ATTRIBUTE, Value.Truth.FALSE, "attribute %s is absent".formatted(name));
        };
    }

    private @Nullable Object attribute(String name) {
        return name.equals("specversion") ? "1.0" : event.attribute(name);
    }
}
