package io.dispatch.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a service over HTTP whether it is ready to serve. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN = 300;

    private final HttpClient client;
    private final Ports ports;

    Readiness(HttpClient client, Ports ports) {
        this.client = client;
        this.ports = ports;
    }

    /** Why a service is not ready, in its own words where it has any; empty if it is. */
    Optional<String> complaint(Service service) throws InterruptedException {
        // The gateway's is 200 once it has found everybody behind it ready.
        String path = service == Service.API_GATEWAY ? "/healthz" : "/readyz";
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.url(service) + path))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of("%s answers %d: %s".formatted(path, answer.statusCode(), shortened(answer.body())));
        } catch (IOException e) {
            return Optional.of("it does not answer yet");
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
