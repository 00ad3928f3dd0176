package io.dispatch.functioninvoker.delivery;

import java.time.Instant;

/** What follows from an attempt. */
sealed interface Outcome {

    /** The delivery is done. */
    record Succeeded() implements Outcome {}

    /** Another attempt is due. */
    record RetryAt(Instant at, String reason) implements Outcome {}

    /** The delivery is dead. */
    record GiveUp(String reason) implements Outcome {}
}
