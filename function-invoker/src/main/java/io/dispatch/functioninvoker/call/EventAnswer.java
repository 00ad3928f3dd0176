package io.dispatch.functioninvoker.call;

import io.dispatch.contracts.event.CloudEventReader;
import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.event.InvalidEventException;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an event: one CloudEvent, in the binary or the structured content mode, as an HTTP message may be (HTTP binding
 * 1.0.2 section 3).
 */
final class EventAnswer {

    private static final String ANY_FORMAT = "application/cloudevents";
    private static final String JSON_FORMAT = "application/cloudevents+json";

    private EventAnswer() {}

    /**
     * Reads the event that an answer is.
     *
     * @return null if it does not say that it is one
     * @throws Refused if it says so and is none that we take
     */
    static @Nullable Event read(Answered answer) throws Refused {
        String mediaType = mediaType(answer.contentType());
        boolean structured = mediaType.startsWith(ANY_FORMAT);
        if (!structured && !answer.eventHeaders().containsKey("ce-specversion")) {
            return null;
        }
        if (structured && !mediaType.equals(JSON_FORMAT)) {
            throw new Refused("%s is not taken: one event in headers or as %s is".formatted(mediaType, JSON_FORMAT));
        }
        if (answer.cut()) {
            throw new Refused("it is longer than %d bytes".formatted(answer.body().length));
        }
        try {
            return structured
                    ? CloudEventReader.structured(answer.body())
                    : CloudEventReader.binary(headers(answer), answer.body());
        } catch (InvalidEventException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> headers(Answered answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.eventHeaders());
        if (answer.contentType() != null) {
            headers.put("content-type", answer.contentType());
        }
        return headers;
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** It is no event that we take; the message is the end of a sentence. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }
}
