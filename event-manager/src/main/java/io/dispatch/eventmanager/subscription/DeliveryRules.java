package io.dispatch.eventmanager.subscription;

import io.dispatch.contracts.ErrorCode;
import io.dispatch.contracts.subscription.DeliverySpec;
import io.dispatch.http.ApiException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The bounds of delivery settings. */
final class DeliveryRules {

    private DeliveryRules() {}

    /** @throws ApiException 422 with the first rule that is broken */
    static void check(@Nullable DeliverySpec delivery) {
        if (delivery == null) {
            return;
        }
        check("concurrency", delivery.concurrency(), DeliverySpec.MAX_CONCURRENCY);
        check("maxAge", delivery.maxAge(), DeliverySpec.SHORTEST_AGE, DeliverySpec.LONGEST_AGE);
        check("maxAttempts", delivery.maxAttempts(), DeliverySpec.MAX_ATTEMPTS);
        String shortest = DeliverySpec.SHORTEST_BACKOFF;
        Duration max = check("maxBackoff", delivery.maxBackoff(), shortest, DeliverySpec.LONGEST_BACKOFF);
        Duration min = check("minBackoff", delivery.minBackoff(), shortest, DeliverySpec.LONGEST_BACKOFF);
        if (min != null && max != null && min.compareTo(max) > 0) {
            throw broken(
                    "minBackoff",
                    delivery.minBackoff(),
                    "must not be longer than delivery.maxBackoff, which is %s".formatted(delivery.maxBackoff()));
        }
        check("rate", delivery.rate(), DeliverySpec.MAX_RATE);
        check("timeout", delivery.timeout(), "PT0S", DeliverySpec.LONGEST_TIMEOUT);
    }

    private static void check(String field, @Nullable Integer value, int max) {
        if (value != null && (value < 1 || value > max)) {
            throw broken(field, value.toString(), "must be 1 to %d".formatted(max));
        }
    }

    private static @Nullable Duration check(String field, @Nullable String value, String min, String max) {
        if (value == null) {
            return null;
        }
        Duration duration = parsed(value);
        if (duration == null
                || duration.compareTo(Duration.parse(min)) < 0
                || duration.compareTo(Duration.parse(max)) > 0) {
            throw broken(field, value, "must be an ISO 8601 duration of %s to %s".formatted(min, max));
        }
        return duration;
    }

    private static @Nullable Duration parsed(String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static ApiException broken(String field, @Nullable String value, String rule) {
        String path = "delivery." + field;
        return ApiException.invalid(
                ErrorCode.FORMAT, path, value, "%s in body %s, but was %s".formatted(path, rule, value));
    }
}
