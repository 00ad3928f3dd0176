package io.dispatch.apigateway.door;

import io.dispatch.apigateway.forward.Services;
import io.dispatch.apigateway.route.RequestPath;
import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says to anybody how the gateway is, and whether there is anything behind it. */
@Component
class Health {

    private static final Set<String> PROBES = Set.of("/livez", "/readyz");

    private final Services services;
    private final BuildVersion version;
    private final JsonMapper json;

    Health(Services services, BuildVersion version, JsonMapper json) {
        this.services = services;
        this.version = version;
        this.json = json;
    }

    /** Whether this is a probe of the gateway itself, which Spring's actuator answers. */
    static boolean isProbe(HttpServletRequest request, RequestPath path) {
        return request.getMethod().equals("GET") && PROBES.contains(path.canonical());
    }

    /** Whether this asks for the health of all (any path that starts so, as in the original). */
    static boolean isHealthz(HttpServletRequest request, RequestPath path) {
        return request.getMethod().equals("GET") && path.canonical().startsWith("/healthz");
    }

    /**
     * Answers 200 with the version once every service behind the gateway has been ready.
     *
     * @throws ApiException 503 that names those which have not
     */
    void answer(HttpServletResponse response) throws IOException {
        Set<String> missing = services.neverReady();
        if (!missing.isEmpty()) {
            throw ApiException.unavailable(
                    "not ready yet: %s".formatted(String.join(", ", missing)), Duration.ofSeconds(1));
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(Map.of("version", version.get())));
    }
}
