package io.dispatch.functioninvoker.outbound;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one HTTP exchange ended in. */
public sealed interface Answer {

    /**
     * There was an answer.
     *
     * @param status of HTTP, 200 to 599
     * @param contentType as sent, or null
     * @param retryAfter the {@code Retry-After} header as sent, or null
     * @param eventHeaders those whose names begin with {@code ce-}, by their names in lower case, in the order received;
     *     the values of one that came several times are joined by commas (RFC 9110 section 5.3)
     * @param body what was read of it
     * @param cut whether the body went on beyond the bound
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; answers are never compared
    record Answered(
            int status,
            @Nullable String contentType,
            @Nullable String retryAfter,
            Map<String, String> eventHeaders,
            byte[] body,
            boolean cut)
            implements Answer {}

    /**
     * There was no whole answer: not reached, cut off, or out of time. The other side may have done its work all the same.
     *
     * @param reason one sentence
     */
    record Unanswered(String reason) implements Answer {}
}
