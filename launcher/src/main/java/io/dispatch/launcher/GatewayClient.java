package io.dispatch.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls this instance's API as anybody would, in the organization {@value #ORGANIZATION}. */
final class GatewayClient {

    static final String ORGANIZATION = "dispatch";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client;
    private final String url;
    private final @Nullable String token;

    /** @param token of an account, or null where none is needed */
    GatewayClient(HttpClient client, String url, @Nullable String token) {
        this.client = client;
        this.url = url;
        this.token = token;
    }

    /** What it calls with; empty where no token is needed. */
    Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** The same with another token. */
    GatewayClient as(String otherToken) {
        return new GatewayClient(client, url, otherToken);
    }

    /**
     * Makes a resource; fine if one of that name is there.
     *
     * @throws LaunchException if it is refused
     */
    void create(String path, Object body) throws InterruptedException {
        require(send("POST", path, body), path, 409);
    }

    /**
     * Makes a resource, or makes the one of that name so.
     *
     * @throws LaunchException if it is refused
     */
    void createOrReplace(String path, String name, Object body) throws InterruptedException {
        HttpResponse<String> created = send("POST", path, body);
        if (created.statusCode() == 409) {
            String existing = path + "/" + name;
            require(send("PUT", existing, body), existing);
        } else {
            require(created, path);
        }
    }

    /**
     * Reads JSON.
     *
     * @throws LaunchException if it is refused
     */
    JsonNode read(String path) throws InterruptedException {
        HttpResponse<String> answer = send("GET", path, null);
        require(answer, path);
        return JSON.readTree(answer.body());
    }

    /** The status code of a GET. */
    int status(String path) throws InterruptedException {
        return send("GET", path, null).statusCode();
    }

    private static void require(HttpResponse<String> answer, String path, int... alsoFine) {
        boolean fine = answer.statusCode() / 100 == 2;
        for (int status : alsoFine) {
            fine |= answer.statusCode() == status;
        }
        if (!fine) {
            throw new LaunchException("%s %s was refused with %d: %s"
                    .formatted(answer.request().method(), path, answer.statusCode(), answer.body()));
        }
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Dispatch-Org", ORGANIZATION)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token == null) {
            // Under --strict a credential header must be there, whatever it says.
            request.header("Cookie", "local");
        } else {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new LaunchException("%s %s was not answered: %s.".formatted(method, path, e), e);
        }
    }
}
