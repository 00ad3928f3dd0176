package io.dispatch.eventmanager;

import io.dispatch.database.ServiceRole;
import io.dispatch.testing.TestCaller;
import io.dispatch.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a real port with a real PostgreSQL, one for all tests, called as the gateway calls it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "springdoc.api-docs.enabled=true")
public abstract class RunningService {
    protected static final String JSON = "application/json";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.register(registry, ServiceRole.EVENT_MANAGER);
    }

    protected HttpResponse<String> post(String organization, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = request(organization, path).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    protected HttpResponse<String> postJson(String organization, String path, String body) {
        return post(organization, path, Map.of("Content-Type", JSON), body);
    }

    protected HttpResponse<String> get(String organization, String path) {
        return send(request(organization, path));
    }

    protected HttpRequest.Builder request(String organization, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TestCaller.token("event-manager", organization));
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
