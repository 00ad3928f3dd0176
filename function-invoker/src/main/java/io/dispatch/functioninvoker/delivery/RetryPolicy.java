package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.call.CallResult;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.delivery.Outcome.GiveUp;
import io.dispatch.functioninvoker.delivery.Outcome.RetryAt;
import io.dispatch.functioninvoker.delivery.Outcome.Succeeded;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from an attempt.
 *
 * <pre>
 * not called, no answer, status 401 403 404 408 409 425 429 3xx 5xx    retry: it speaks of the function, or will pass
 * any other status                                                    dead: it speaks of the event
 * the function said InputError                                        dead
 * the function said FunctionError or SystemError                      retry
 * no attempt or no time is left                                       dead
 * </pre>
 *
 * @param backoff how long to wait
 * @param maxAttempts attempts in all, 1 or more
 * @param maxAge no attempt begins later than this after the first one; positive
 */
record RetryPolicy(Backoff backoff, int maxAttempts, Duration maxAge) {

    /** The longest that a function's {@code Retry-After} is followed. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    /**
     * What to do now.
     *
     * @param attempts made so far, this one included
     * @param firstAttemptAt when the first of them began
     */
    Outcome decide(CallResult result, int attempts, Instant firstAttemptAt, Instant now) {
        return switch (result) {
            case CallResult.Succeeded _ -> new Succeeded();
            case Failed failed when isFinal(failed) -> new GiveUp(failed.message());
            case Failed failed
            when attempts >= maxAttempts ->
                new GiveUp("%s; that was attempt %d of %d".formatted(failed.message(), attempts, maxAttempts));
            case Failed failed -> retry(failed, attempts, firstAttemptAt, now);
        };
    }

    private Outcome retry(Failed failed, int attempts, Instant firstAttemptAt, Instant now) {
        Instant at = now.plus(longer(backoff.after(attempts), failed.retryAfter()));
        return at.isAfter(firstAttemptAt.plus(maxAge))
                ? new GiveUp("%s; the next attempt would begin more than %s after the first"
                        .formatted(failed.message(), maxAge))
                : new RetryAt(at, failed.message());
    }

    private static Duration longer(Duration wait, @Nullable Duration asked) {
        Duration honoured = asked == null || asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
        return honoured == null || wait.compareTo(honoured) > 0 ? wait : honoured;
    }

    private static boolean isFinal(Failed failed) {
        return switch (failed.cause()) {
            case NOT_CALLED, NO_ANSWER -> false;
            case FUNCTION -> failed.type().equals(CallResult.INPUT_ERROR);
            case STATUS -> failed.status() != null && isFinal(failed.status());
        };
    }

    private static boolean isFinal(int status) {
        return switch (status) {
            case 401, 403, 404, 408, 409, 425, 429 -> false;
            default -> status >= 400 && status <= 499;
        };
    }
}
