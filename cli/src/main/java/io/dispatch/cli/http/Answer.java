package io.dispatch.cli.http;

import io.dispatch.cli.json.Json;
import io.dispatch.cli.output.CommandFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a server answered.
 *
 * @param status of HTTP
 * @param body empty where there was none
 * @param etag the version of a resource (RFC 9110 section 8.8.3), or null
 * @param date the server's clock, or null
 * @param next the path of the next page (RFC 8288), or null
 */
public record Answer(
        int status,
        String body,
        @Nullable String etag,
        @Nullable Instant date,
        @Nullable String next) {

    /** Whether the server did what it was asked. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * The body.
     *
     * @throws CommandFailure if it is no JSON
     */
    public JsonNode json() {
        try {
            return Json.parse(body);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "The server answered %d with what is no JSON: is this address Dispatch's?".formatted(status), e);
        }
    }

    /**
     * This answer if it is a success.
     *
     * @throws ApiFailure if the server refused
     */
    public Answer orThrow() {
        if (!isSuccess()) {
            throw ApiFailure.of(this);
        }
        return this;
    }
}
