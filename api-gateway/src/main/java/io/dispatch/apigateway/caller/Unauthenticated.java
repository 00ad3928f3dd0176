package io.dispatch.apigateway.caller;

import io.dispatch.http.ApiException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Why a credential proves nothing. */
final class Unauthenticated extends Exception {

    /** What the original says to whoever sends no credential at all. */
    static final String SENTENCE = "unauthenticated for invalid credentials";

    private static final long serialVersionUID = 1L;

    Unauthenticated(String reason) {
        super(reason, null, false, false);
    }

    ApiException asApiException() {
        return answer(SENTENCE + ": " + getMessage());
    }

    /** 401 with the challenge that RFC 6750 section 3 asks for. */
    static ApiException answer(String message) {
        return ApiException.of(HttpStatus.UNAUTHORIZED, message).with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
}
