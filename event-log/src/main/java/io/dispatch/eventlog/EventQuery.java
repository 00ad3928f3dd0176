package io.dispatch.eventlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; what is null asks for all.
 *
 * @param organization whose events
 * @param type their type, {@code *} standing for any run of characters, also none
 * @param source exactly this
 * @param id exactly this, the sender's
 * @param text what their payload or their attributes hold, as it was sent, letter by letter
 * @param since accepted then or later
 * @param until accepted before
 */
public record EventQuery(
        String organization,
        @Nullable String type,
        @Nullable String source,
        @Nullable String id,
        @Nullable String text,
        @Nullable Instant since,
        @Nullable Instant until) {}
