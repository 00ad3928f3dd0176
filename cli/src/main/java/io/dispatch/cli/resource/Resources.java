package io.dispatch.cli.resource;

import io.dispatch.cli.http.Answer;
import io.dispatch.cli.http.Api;
import io.dispatch.cli.http.ApiFailure;
import io.dispatch.cli.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Resources of any kind at a server. */
public final class Resources {

    private final Api api;

    public Resources(Api api) {
        this.api = api;
    }

    /** All of a kind that have these tags ({@code key=value}). */
    public JsonNode list(Kind kind, List<String> tags) {
        return api.get(kind.path() + query(tags));
    }

    /**
     * One, with its version.
     *
     * @throws ApiFailure if there is none, with the name that may have been meant
     */
    public Found get(Kind kind, String name, List<String> tags) {
        Answer answer = api.send("GET", path(kind, name) + query(tags), null);
        try {
            return new Found(answer.orThrow().json(), answer.etag());
        } catch (ApiFailure e) {
            throw withNearest(kind, name, e);
        }
    }

    /** One, or empty where the server says 404. */
    public Optional<Found> find(Kind kind, String name) {
        Answer answer = api.send("GET", path(kind, name), null);
        try {
            return Optional.of(new Found(answer.orThrow().json(), answer.etag()));
        } catch (ApiFailure e) {
            if (e.code() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes one and gives what the server says of it. */
    public JsonNode create(Kind kind, JsonNode body) {
        return api.post(kind.path(), body);
    }

    /**
     * Replaces one.
     *
     * @param etag the version that is replaced, or null for whichever it is
     * @throws ApiFailure 412 if it is at another version
     */
    public JsonNode replace(Kind kind, String name, JsonNode body, @Nullable String etag) {
        Map<String, String> condition = etag == null ? Map.of() : Map.of("If-Match", etag);
        return api.send("PUT", path(kind, name), body, condition).orThrow().json();
    }

    /** Deletes one and gives what the server says of it. */
    public JsonNode delete(Kind kind, String name) {
        try {
            Answer answer = api.send("DELETE", path(kind, name), null).orThrow();
            return answer.body().isEmpty() ? Json.object().put("name", name) : answer.json();
        } catch (ApiFailure e) {
            throw withNearest(kind, name, e);
        }
    }

    private ApiFailure withNearest(Kind kind, String name, ApiFailure failure) {
        if (failure.code() != 404) {
            return failure;
        }
        Answer all = api.send("GET", kind.path(), null);
        if (!all.isSuccess()) {
            return failure;
        }
        return Nearest.to(
                        name,
                        all.json().values().stream()
                                .map(each -> Json.text(each, "name"))
                                .toList())
                .map(nearest -> failure.advising("did you mean %s?".formatted(nearest)))
                .orElse(failure);
    }

    private static String path(Kind kind, String name) {
        return kind.path() + "/" + Api.encoded(name);
    }

    private static String query(List<String> tags) {
        return tags.isEmpty()
                ? ""
                : "?"
                        + String.join(
                                "&",
                                tags.stream()
                                        .map(tag -> "tags=" + Api.encoded(tag))
                                        .toList());
    }

    /**
     * A resource.
     *
     * @param etag its version, or null where the server has none
     */
    public record Found(JsonNode object, @Nullable String etag) {}
}
