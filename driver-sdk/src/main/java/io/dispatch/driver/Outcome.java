package io.dispatch.driver;

/** How an event ended. Either way the driver goes on behind it. */
public enum Outcome {
    /** The sink has it. */
    ACCEPTED,
    /** The sink will never take it; it went to the dead letters. */
    DEAD
}
