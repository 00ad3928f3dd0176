package io.dispatch.functioninvoker;

import io.dispatch.testing.TestCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service, as the gateway forwards it. */
public final class Api {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String organization;

    Api(int port, String organization) {
        this.base = "http://127.0.0.1:" + port;
        this.organization = organization;
    }

    /** An answer; {@code json} is the missing node where there was no body. */
    public record Answer(int status, JsonNode json, Map<String, java.util.List<String>> headers) {

        public String etag() {
            return headers.getOrDefault("etag", java.util.List.of("")).getFirst();
        }
    }

    public Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    public Answer post(String path, String body) {
        return send("POST", path, body, Map.of());
    }

    public Answer put(String path, String body, Map<String, String> headers) {
        return send("PUT", path, body, headers);
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", Map.of());
    }

    /** Makes a function, which must be new. */
    public void createFunction(String name, String url, String more) {
        Answer answer = post("/v1/function", "{\"name\":\"%s\",\"endpoint\":\"%s\"%s}".formatted(name, url, more));
        if (answer.status() != 201) {
            throw new AssertionError("the function was not made: " + answer);
        }
    }

    private Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + TestCaller.token("function-invoker", organization))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            JsonNode json = response.body().isEmpty()
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(response.body());
            return new Answer(response.statusCode(), json, response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
