package io.dispatch.apigateway.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves the description, to programs and to people. */
@Hidden
@RestController
class OpenApiController {

    private static final URI PAGE = URI.create("/docs/index.html");

    private final JsonMapper json;
    private byte @Nullable [] document;

    OpenApiController(JsonMapper json) {
        this.json = json;
    }

    @GetMapping("/v1/openapi.json")
    ResponseEntity<byte[]> describe() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(merged());
    }

    @GetMapping("/docs")
    ResponseEntity<Void> page() {
        return ResponseEntity.status(HttpStatus.FOUND).location(PAGE).build();
    }

    /** Merged when it is first asked for, as most gateways are never asked. */
    private synchronized byte[] merged() {
        byte[] kept = document;
        if (kept == null) {
            kept = json.writeValueAsBytes(new OpenApiDocument(json).merged());
            document = kept;
        }
        return kept;
    }
}
