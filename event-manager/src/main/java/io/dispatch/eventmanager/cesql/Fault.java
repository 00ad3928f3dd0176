package io.dispatch.eventmanager.cesql;

/** The kinds of errors (CESQL 1.0.0, section 3.3). */
public enum Fault {
    /** The text is no expression. */
    PARSE,
    /** A division by zero, or a result that is no 32-bit integer. */
    MATH,
    /** A value that cannot be taken as the type that is needed. */
    CAST,
    /** The event has no such attribute. */
    MISSING_ATTRIBUTE,
    /** There is no such function with as many arguments; found when the expression is parsed. */
    MISSING_FUNCTION,
    /** A function was given a value outside its range. */
    FUNCTION_EVALUATION,
    /** Any other; here, an evaluation that costs too much. */
    GENERIC
}
