package io.dispatch.functioninvoker.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are asked for.
 *
 * @param subscription of this subscription's name only, or null for all
 * @param function of this function's name only, or null for all
 * @param event of this event only, or null for all: the sender's id or the platform's
 */
record DeadLetterQuery(
        String organization,
        @Nullable String subscription,
        @Nullable String function,
        @Nullable String event) {}
