package io.dispatch.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The version a client has seen (RFC 9110 section 13.1.1). A controller takes it as a parameter.
 *
 * @param header the {@code If-Match} header as sent, or null: then anything may be overwritten
 */
public record IfMatch(@Nullable String header) {

    /**
     * Lets a change pass only if it was made to what is there now.
     *
     * @param kind the kind of resource, for the message
     * @param name its name, for the message
     * @param currentVersion the version it is at
     * @throws ApiException 412 if the client has seen another version
     */
    public void check(String kind, String name, long currentVersion) {
        if (header == null || header.strip().equals("*")) {
            return;
        }
        String current = Etag.of(currentVersion);
        if (Arrays.stream(header.split(",", -1)).map(String::strip).noneMatch(current::equals)) {
            throw ApiException.preconditionFailed(kind, name, currentVersion);
        }
    }
}
