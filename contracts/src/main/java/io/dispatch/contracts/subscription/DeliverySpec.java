package io.dispatch.contracts.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the events of a subscription are delivered. What is null is the platform's default. Durations are ISO 8601 as
 * {@link java.time.Duration#parse} reads it: a day has 24 hours, and there are no months.
 *
 * @param concurrency calls at once on each invoker, 1 to {@value #MAX_CONCURRENCY}
 * @param maxAge no attempt is due later than this after the first; at most {@value #LONGEST_AGE}
 * @param maxAttempts attempts in all, 1 to {@value #MAX_ATTEMPTS}
 * @param maxBackoff the longest wait between two attempts, before jitter; {@value #SHORTEST_BACKOFF} to {@value #LONGEST_BACKOFF}
 * @param minBackoff the wait after the first failure, before jitter; {@value #SHORTEST_BACKOFF} to {@value #LONGEST_BACKOFF}
 * @param ordering whether one event waits for another
 * @param rate calls begun in a second on each invoker, 1 to {@value #MAX_RATE}
 * @param timeout the longest one call may take, at most {@value #LONGEST_TIMEOUT}; zero means the default
 */
@Schema(name = "DeliverySpec", description = "How the events of a subscription are delivered.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = true)
public record DeliverySpec(
        @Schema(
                description =
                        "Calls at once, on each replica of the invoker; adapts to the function, from 32 on, if not said.",
                minimum = "1",
                maximum = "" + DeliverySpec.MAX_CONCURRENCY,
                example = "8")
        @Nullable
        Integer concurrency,

        @Schema(
                description = "No attempt is due later than this after the first: an ISO 8601 duration of PT1S to "
                        + DeliverySpec.LONGEST_AGE + "; PT24H if not said.",
                example = "PT6H")
        @Nullable
        String maxAge,

        @Schema(
                description = "Attempts in all; 25 if not said.",
                minimum = "1",
                maximum = "" + DeliverySpec.MAX_ATTEMPTS,
                example = "10")
        @Nullable
        Integer maxAttempts,

        @Schema(
                description = "The longest wait between two attempts: an ISO 8601 duration of "
                        + DeliverySpec.SHORTEST_BACKOFF + " to " + DeliverySpec.LONGEST_BACKOFF
                        + "; PT10M if not said.",
                example = "PT1M")
        @Nullable
        String maxBackoff,

        @Schema(
                description =
                        "The wait after the first failure, doubled with each further one: an ISO 8601 duration of "
                                + DeliverySpec.SHORTEST_BACKOFF + " to " + DeliverySpec.LONGEST_BACKOFF
                                + "; PT0.2S if not said.",
                example = "PT1S")
        @Nullable
        String minBackoff,

        @Schema(
                description = "With `key`, an event waits for those before it that have the same `partitionkey`;"
                        + " `none` if not said.",
                example = "key")
        @Nullable
        Ordering ordering,

        @Schema(
                description = "Calls begun in a second, on each replica of the invoker; unlimited if not said.",
                minimum = "1",
                maximum = "" + DeliverySpec.MAX_RATE,
                example = "50")
        @Nullable
        Integer rate,

        @Schema(
                description = "The longest one call may take: an ISO 8601 duration of at most "
                        + DeliverySpec.LONGEST_TIMEOUT + "; PT0S means PT30S. The function's own timeout holds too,"
                        + " and the smaller wins.",
                example = "PT10S")
        @Nullable
        String timeout) {

    /** The most calls at once. */
    public static final int MAX_CONCURRENCY = 1_024;

    /** The most attempts, which is less than a run's id can number, so that dead letters can be tried again. */
    public static final int MAX_ATTEMPTS = 100;

    /** The most calls in a second. */
    public static final int MAX_RATE = 100_000;

    /** The shortest age limit. */
    public static final String SHORTEST_AGE = "PT1S";

    /** The longest age limit: what is owed keeps its part of the log from being dropped. */
    public static final String LONGEST_AGE = "P7D";

    /** The shortest backoff. */
    public static final String SHORTEST_BACKOFF = "PT0.01S";

    /** The longest backoff. */
    public static final String LONGEST_BACKOFF = "PT24H";

    /** The longest timeout of a call. */
    public static final String LONGEST_TIMEOUT = "PT15M";
}
