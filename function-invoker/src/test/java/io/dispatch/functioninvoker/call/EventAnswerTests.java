package io.dispatch.functioninvoker.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.contracts.event.Event;
import io.dispatch.functioninvoker.call.EventAnswer.Refused;
import io.dispatch.functioninvoker.outbound.Answer.Answered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventAnswerTests {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":2.50}";

    @Test
    void headersAndABodyOfAnyTypeAreAnEvent() throws Refused {
        Event event = read(answer("image/png", Map.of("ce-number", "17"), "\u0001"));

        assertThat(event.type()).isEqualTo("t");
        assertThat(event.dataContentType()).isEqualTo("image/png");
        assertThat(event.attribute("number")).isEqualTo("17");
        assertThat(event.data()).isEqualTo(new byte[] {1});
    }

    @Test
    void headersAloneAreAnEventWithoutData() throws Refused {
        Event event = read(answer(null, Map.of(), ""));

        assertThat(event.data()).isNull();
        assertThat(event.dataContentType()).isNull();
    }

    @Test
    void oneObjectInTheJsonFormatIsAnEventWhateverTheHeadersSay() throws Refused {
        Event event = read(new Answered(
                200,
                "Application/CloudEvents+JSON ; charset=UTF-8",
                null,
                Map.of("ce-type", "x"),
                EVENT.getBytes(UTF_8),
                false));

        assertThat(event.type()).isEqualTo("t");
        assertThat(event.data()).isEqualTo("2.50".getBytes(UTF_8));
    }

    @Test
    void whatDoesNotSayThatItIsAnEventIsNone() throws Refused {
        Map<String, String> headers = Map.of("ce-type", "t", "ce-id", "1", "ce-source", "/s");

        assertThat(EventAnswer.read(new Answered(200, "application/json", null, headers, EVENT.getBytes(UTF_8), false)))
                .isNull();
    }

    @Test
    void whatSaysSoAndIsNoneIsRefusedWithTheReason() {
        assertRefused(
                answer("text/plain", Map.of("ce-time", "yesterday"), ""), "ce-time in header must be a date-time");
        assertRefused(
                answer("text/plain", Map.of("ce-source", "/a, /b"), ""), "ce-source in header must be a non-empty URI");
        assertRefused(
                new Answered(200, STRUCTURED, null, Map.of(), "[]".getBytes(UTF_8), false),
                "an event must be a JSON object");
        assertRefused(
                new Answered(200, "application/cloudevents+avro", null, Map.of(), new byte[] {0}, false),
                "application/cloudevents+avro is not taken");
        assertRefused(new Answered(200, STRUCTURED, null, Map.of(), EVENT.getBytes(UTF_8), true), "it is longer than");
    }

    private static Event read(Answered answer) throws Refused {
        return Objects.requireNonNull(EventAnswer.read(answer));
    }

    private static void assertRefused(Answered answer, String reason) {
        assertThatThrownBy(() -> EventAnswer.read(answer))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(reason);
    }

    /** In binary mode. */
    private static Answered answer(@Nullable String contentType, Map<String, String> more, String body) {
        Map<String, String> headers =
                new LinkedHashMap<>(Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t"));
        headers.putAll(more);
        return new Answered(200, contentType, null, headers, body.getBytes(UTF_8), false);
    }
}
