package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.RawJson;
import io.dispatch.functioninvoker.call.CallResult.Cause;
import io.dispatch.functioninvoker.call.CallResult.Failed;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How a call looks on the wire, and what an answer means. */
sealed interface FunctionProtocol permits CloudEventsBinding, DispatchEnvelope {

    /** The request that makes the call. */
    Request request(PreparedCall call);

    /**
     * What an answer with status 2xx says.
     *
     * @param answer as received
     */
    CallResult success(Answered answer);

    /**
     * What any answer says.
     *
     * @param now for a {@code Retry-After} that is a date
     */
    default CallResult read(Answered answer, Instant now) {
        int status = answer.status();
        if (status >= 200 && status <= 299) {
            return success(answer);
        }
        String redirect = status >= 300 && status <= 399 ? "; redirects are not followed" : "";
        var body = RawJson.of(answer.body(), answer.contentType());
        return new Failed(
                Cause.STATUS,
                CallResult.SYSTEM_ERROR,
                "the function answered status %d%s".formatted(status, redirect),
                null,
                status,
                retryAfter(answer.retryAfter(), now),
                body == null ? null : body.json(),
                null);
    }

    /**
     * {@code Retry-After} (RFC 9110 section 10.2.3) as a duration from now on.
     *
     * @return null if it was not sent, cannot be read or lies in the past
     */
    private static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        try {
            Duration wait = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Duration.ofSeconds(text.length() > 9 ? 999_999_999 : Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isPositive() ? wait : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
