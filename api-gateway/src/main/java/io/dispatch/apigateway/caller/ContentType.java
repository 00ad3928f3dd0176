package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.route.Route;
import io.dispatch.http.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The one content type of bodies, where the route does not take any (contract section 2.2). */
final class ContentType {

    private ContentType() {}

    /**
     * Refuses a body of another type.
     *
     * @throws ApiException 415 if it is not {@code application/json}, with any parameters
     */
    static void check(HttpServletRequest request, Route route) {
        boolean changes =
                request.getMethod().equals("POST") || request.getMethod().equals("PUT");
        if (changes && !route.takesAnyContent() && hasBody(request) && !isJson(request.getContentType())) {
            throw ApiException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported media type \"%s\", only [application/json] are allowed"
                            .formatted(request.getContentType() == null ? "" : request.getContentType()));
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.equals(MediaType.APPLICATION_JSON_VALUE)) {
            return contentType != null;
        }
        try {
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
