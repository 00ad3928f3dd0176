package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.http.ApiException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time from which on a subscription gets what the log holds. */
final class StartTime {

    private StartTime() {}

    /**
     * Reads one.
     *
     * @param seconds since 1970; what is before counts as 1970; null for none
     * @throws ApiException 422 if it is in the future
     */
    static @Nullable Instant of(@Nullable Long seconds, Instant now) {
        if (seconds == null) {
            return null;
        }
        if (seconds > now.getEpochSecond()) {
            throw ApiException.invalid(
                    ErrorCode.FORMAT,
                    "startTime",
                    seconds.toString(),
                    "startTime in body must not be in the future, but was %d, and it is %d"
                            .formatted(seconds, now.getEpochSecond()));
        }
        return Instant.ofEpochSecond(Math.max(0, seconds));
    }
}
