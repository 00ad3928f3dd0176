package io.dispatch.functioninvoker.delivery;

import java.time.Instant;

/** News about a delivery that is to be written down. */
sealed interface Settlement {

    Delivery delivery();

    /** It was tried. */
    record Attempted(Delivery delivery, Attempt attempt) implements Settlement {}

    /** It leaves memory, and is due as a row. */
    record Left(Delivery delivery, Instant dueAt) implements Settlement {}
}
