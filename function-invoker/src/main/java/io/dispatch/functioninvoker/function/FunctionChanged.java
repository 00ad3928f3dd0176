package io.dispatch.functioninvoker.function;

import java.util.UUID;

/** A function was made, changed or deleted, and that is committed. */
record FunctionChanged(UUID id, String organization, String name) {}
