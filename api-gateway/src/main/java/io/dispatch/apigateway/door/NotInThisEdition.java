package io.dispatch.apigateway.door;

import io.dispatch.http.ApiException;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Parts of the original that are answered with 501, so that an old client says why and not what went wrong. */
@Hidden
@RestController
class NotInThisEdition {

    @RequestMapping({"/v1/iam/redirect", "/v1/iam/oauth2", "/v1/iam/oauth2/**"})
    void login() {
        throw ApiException.notImplemented(
                "there is no login by browser: sign a token with the key of a service account and send it as Bearer");
    }

    @RequestMapping({"/v1/api", "/v1/api/**"})
    void apis() {
        throw ApiException.notImplemented(
                "API gateway entries are not available: call POST /v1/runs?functionName=… instead");
    }
}
