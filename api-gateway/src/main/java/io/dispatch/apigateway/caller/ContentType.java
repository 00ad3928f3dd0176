package io.dispatch.apigateway.caller;

import io.dispatch.apigateway.route.RequestHead;
import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.http.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The content types of bodies, where the route does not take any (contract section 2.2). */
final class ContentType {

    private static final String EVENTS = "application/cloudevents";

    /** With one of these the body is an event's payload; event-manager says what else is missing. */
    private static final List<String> EVENT_HEADERS = List.of("ce-specversion", "ce-id", "ce-type", "ce-source");

    private ContentType() {}

    /**
     * Refuses a body of another type.
     *
     * @throws ApiException 415 if it is not {@code application/json}, with any parameters; where events come in also if it
     *     carries no event
     */
    static void check(RequestHead request, Route route) {
        boolean changes = request.method().equals("POST") || request.method().equals("PUT");
        if (!changes || !request.hasBody() || isJson(request.header(HttpHeaders.CONTENT_TYPE))) {
            return;
        }
        if (Routes.isEmit(route)) {
            if (!carriesEvent(request)) {
                throw refused(
                        request,
                        "only [application/json application/cloudevents+json application/cloudevents-batch+json]"
                                + " are allowed, or any with an event in ce- headers");
            }
        } else if (!route.takesAnyContent()) {
            throw refused(request, "only [application/json] are allowed");
        }
    }

    private static boolean carriesEvent(RequestHead request) {
        String contentType = request.header(HttpHeaders.CONTENT_TYPE);
        return (contentType != null && contentType.regionMatches(true, 0, EVENTS, 0, EVENTS.length()))
                || EVENT_HEADERS.stream().anyMatch(header -> request.header(header) != null);
    }

    private static ApiException refused(RequestHead request, String rule) {
        String sent = request.header(HttpHeaders.CONTENT_TYPE);
        return ApiException.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported media type \"%s\", %s".formatted(sent == null ? "" : sent, rule));
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
