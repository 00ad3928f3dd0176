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
            case Failed failed when speaksOfEvent(failed) -> new GiveUp(failed.message());
            case Failed failed
            when attempts >= maxAttempts ->
                new GiveUp("%s; that was attempt %d of %d".formatted(failed.message(), attempts, maxAttempts));
            case Failed failed -> retry(failed, attempts, firstAttemptAt, now);
        };
    }

    /** What to do after a bad answer to a probe: no attempt is counted, and only age can end the delivery. */
    Outcome afterProbe(Failed failed, Instant firstAttemptAt, Instant now) {
        String reason = "the function fails everything, and was probed: " + failed.message();
        return isTooOld(firstAttemptAt, now) ? tooOld(reason) : new RetryAt(now, reason);
    }

    /** Whether no further attempt may be due. */
    boolean isTooOld(Instant firstAttemptAt, Instant at) {
        return at.isAfter(firstAttemptAt.plus(maxAge));
    }

    /** What becomes of a delivery that is too old. */
    GiveUp tooOld(String reason) {
        return new GiveUp("%s; the next attempt would begin more than %s after the first".formatted(reason, maxAge));
    }

    private Outcome retry(Failed failed, int attempts, Instant firstAttemptAt, Instant now) {
        Instant at = now.plus(longest(backoff.after(attempts), failed));
        return isTooOld(firstAttemptAt, at) ? tooOld(failed.message()) : new RetryAt(at, failed.message());
    }

    /** A wait, or what the function asks for if that is longer, up to {@link #LONGEST_RETRY_AFTER}. */
    Duration longest(Duration wait, Failed failed) {
        @Nullable Duration asked = failed.retryAfter();
        Duration honoured = asked == null || asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
        return honoured == null || wait.compareTo(honoured) > 0 ? wait : honoured;
    }

    /** Whether a failure lies with the event, so that no further attempt helps. */
    boolean speaksOfEvent(Failed failed) {
        return switch (failed.cause()) {
            case NOT_CALLED, NO_ANSWER -> false;
            case FUNCTION -> failed.type().equals(CallResult.INPUT_ERROR);
            case STATUS -> failed.status() != null && isFinal(failed.status());
        };
    }

    /** Whether a failure lies with the function, or may. */
    boolean speaksOfFunction(CallResult result) {
        return result instanceof Failed failed && !speaksOfEvent(failed);
    }

    private static boolean isFinal(int status) {
        return switch (status) {
            case 401, 403, 404, 408, 409, 425, 429 -> false;
            default -> status >= 400 && status <= 499;
        };
    }
}
