package io.dispatch.http;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The original's health check, on every service's port: 200 with the version as long as the process answers. */
@Hidden
@RestController
final class Healthz {

    private final Map<String, Map<String, String>> answer;

    Healthz(Optional<BuildProperties> build) {
        answer = Map.of(
                "version",
                Map.of("version", build.map(BuildProperties::getVersion).orElse("development")));
    }

    @GetMapping("/healthz")
    Map<String, Map<String, String>> healthz() {
        return answer;
    }
}
