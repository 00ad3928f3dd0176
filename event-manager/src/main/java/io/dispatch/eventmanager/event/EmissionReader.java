package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.CloudEventReader;
import io.dispatch.contracts.event.InvalidEventException;
import io.dispatch.contracts.event.LegacyEmission;
import io.dispatch.contracts.event.LegacyReader;
import io.dispatch.http.ApiException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/** Tells by a request's headers what its body is, and reads it. */
final class EmissionReader {
    private static final String JSON = "application/json";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private EmissionReader() {}

    /**
     * Reads one emission.
     *
     * @param headers {@code content-type} and those that begin with {@code ce-}, names in lower case
     * @param body the body as received
     * @throws ApiException 415 for a media type that carries no event, 400 or 422 for what is no event
     */
    static Emission read(Map<String, String> headers, byte[] body) {
        String contentType = headers.getOrDefault("content-type", "");
        String mediaType = mediaType(contentType);
        try {
            if (mediaType.equals(STRUCTURED) && isUtf8(contentType)) {
                return new Emission.Single(CloudEventReader.structured(body));
            }
            if (mediaType.equals(BATCH) && isUtf8(contentType)) {
                return new Emission.Batch(CloudEventReader.batch(body));
            }
            if (headers.containsKey("ce-specversion") && !mediaType.startsWith("application/cloudevents")) {
                return new Emission.Single(CloudEventReader.binary(headers, body));
            }
            if (headers.containsKey("ce-id") || headers.containsKey("ce-type") || headers.containsKey("ce-source")) {
                throw ApiException.badRequest("ce-specversion in header is required, as other ce- headers are there");
            }
            if (mediaType.equals(JSON) && isUtf8(contentType)) {
                if (body.length == 0) {
                    throw ApiException.missing("body", "body");
                }
                LegacyEmission emission = LegacyReader.read(body);
                return new Emission.Legacy(emission, emission.event().toEvent());
            }
        } catch (InvalidEventException invalid) {
            throw asApiException(invalid);
        }
        if (contentType.isEmpty() && body.length == 0) {
            throw ApiException.missing("body", "body");
        }
        throw ApiException.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported media type \"%s\", only [%s %s %s] in UTF-8 are allowed, or any with an event in ce- headers"
                        .formatted(contentType, JSON, STRUCTURED, BATCH));
    }

    /**
     * Reads one event that is JSON.
     *
     * @param cloudEvent whether it is a CloudEvent of version 1.0 or 0.3
     * @throws ApiException 400 or 422 for what is no event
     */
    static Emission readJson(boolean cloudEvent, byte[] body) {
        return read(Map.of("content-type", cloudEvent ? STRUCTURED : JSON), body);
    }

    private static ApiException asApiException(InvalidEventException invalid) {
        String message = Objects.requireNonNull(invalid.getMessage());
        return invalid.code() == null || invalid.field() == null
                ? ApiException.badRequest(message)
                : ApiException.invalid(invalid.code(), invalid.field(), invalid.value(), message);
    }

    private static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** JSON is UTF-8 (RFC 8259 §8.1); whoever announces another charset would be misread. */
    private static boolean isUtf8(String contentType) {
        String parameters = contentType.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        int charset = parameters.indexOf(";charset=");
        return charset < 0 || parameters.startsWith(";charset=utf-8", charset);
    }
}
