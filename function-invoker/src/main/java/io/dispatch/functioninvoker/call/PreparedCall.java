package io.dispatch.functioninvoker.call;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * A call for which everything is at hand.
 *
 * @param call what to call with
 * @param to where the function stands
 * @param secrets the keys and values of all secrets named
 * @param headers that the function's settings add
 * @param deadline when the function's own timeout ends, or null if it has none
 */
record PreparedCall(
        Call call,
        URI to,
        Map<String, String> secrets,
        List<Header> headers,
        @Nullable Instant deadline) {

    /** Leaves the secrets and the headers out, which may hold them. */
    @Override
    public String toString() {
        return "PreparedCall[%s %s]".formatted(call.id(), to);
    }
}
