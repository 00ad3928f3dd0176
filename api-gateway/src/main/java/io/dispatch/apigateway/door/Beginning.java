package io.dispatch.apigateway.door;

/** What the first bytes of a request are. */
sealed interface Beginning permits EmitHead, Beginning.Undecided, Beginning.Other {

    /** They may become an emit when more of them are there. */
    record Undecided() implements Beginning {}

    /** They are something else. */
    record Other() implements Beginning {}
}
