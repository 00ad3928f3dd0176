package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests as the original's command line sends them: {@code Cookie: unset}, an organization, JSON.
 *
 * @param url of the product
 * @param organization of the requests
 */
record Wire(String url, String organization) {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        int code() {
            return json().path("code").asInt();
        }

        String message() {
            return json().path("message").asString();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The same, where it is of this status. */
        Answer is(int status) {
            assertThat(status()).as(text()).isEqualTo(status);
            return this;
        }

        /** The same, where it is an error in the form of the original (contract section 2.5). */
        Answer isError(int status, int code, String message) {
            is(status);
            assertThat(header("Content-Type")).startsWith("application/json");
            assertThat(code()).as(text()).isEqualTo(code);
            assertThat(message()).isEqualTo(message);
            return this;
        }
    }

    Wire in(String other) {
        return new Wire(url, other);
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String json) {
        return send("POST", path, json);
    }

    Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    /** With a content type and no body, as the original's client does. */
    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    private Answer send(String method, String path, @Nullable String json) {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        return send(request(path).method(method, body));
    }

    /** A request with the headers of the original's client. */
    HttpRequest.Builder request(String path) {
        return bare(path)
                .headers(
                        "Cookie",
                        "unset",
                        "X-Dispatch-Org",
                        organization,
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json");
    }

    private HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    }

    /** With these headers, names and values in turn, and no others; a null value leaves the header out. */
    Answer raw(String method, String path, @Nullable String body, @Nullable String... headers) {
        HttpRequest.Builder request =
                bare(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            String value = headers[i + 1];
            if (value != null) {
                request.header(String.valueOf(headers[i]), value);
            }
        }
        return send(request);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
