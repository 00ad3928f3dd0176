package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.iam.Identity;
import io.dispatch.apigateway.route.RequestPath;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.http.ApiException;
import io.dispatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Answers whether somebody is let in, for an ingress that asks and for a client that wants to know. */
@Tag(name = "iam")
@RestController
class AuthController {

    static final String PATH = "/v1/iam/auth";

    private final Gate gate;

    AuthController(Gate gate) {
        this.gate = gate;
    }

    @Operation(
            operationId = "authorize",
            summary = "Ask whether the caller may do something",
            description =
                    "202 with X-Dispatch-Org if the caller may send that method to that path, else 403 without a body.")
    @GetMapping(PATH)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ApiResponse(responseCode = "202", description = "Let in; `X-Dispatch-Org` is the organization.")
    @ApiResponse(responseCode = "403", description = "Not let in; no body.", content = @Content)
    ResponseEntity<Void> authorize(
            @RequestAttribute Identity identity,
            Caller caller,
            @RequestHeader(name = "X-Auth-Request-Redirect", defaultValue = "/") String path,
            @RequestHeader(name = "X-Original-Method", defaultValue = "GET") String method) {
        if (!isAllowed(identity, caller.organization(), method, path)) {
            return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
        }
        return ResponseEntity.accepted()
                .header(OrganizationHeader.NAME, caller.organization())
                .build();
    }

    private boolean isAllowed(Identity identity, String organization, String method, String uri) {
        try {
            RequestPath path = RequestPath.parse(String.valueOf(URI.create(uri).getRawPath()));
            // Fewer than two segments name no resource: whoever is known may go there.
            if (path.segments().size() >= 2) {
                gate.admit(identity, organization, method, Routes.find(method, path), path);
            }
            return true;
        } catch (ApiException | IllegalArgumentException e) {
            return false;
        }
    }
}
