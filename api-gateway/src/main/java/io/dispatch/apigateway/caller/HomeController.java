package io.dispatch.apigateway.caller;

import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two front pages: one for anybody, one that tells a client its credential is good. */
@Tag(name = "platform")
@RestController
class HomeController {

    @Operation(operationId = "root", summary = "Say what this is")
    @GetMapping("/")
    Map<String, String> root() {
        return Map.of("message", "This is Dispatch. The API is described at /docs.");
    }

    @Operation(operationId = "home", summary = "Say who is calling, and so that the credential is good")
    @GetMapping("/home")
    Map<String, String> home(Caller caller) {
        return Map.of(
                "message", "Welcome, %s. The organization is %s.".formatted(caller.subject(), caller.organization()));
    }
}
