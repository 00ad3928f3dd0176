package io.dispatch.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract sections 3.3 and 4.1: the CloudEvent 0.1, flat and wrapped, and what an emit answers. */
@ExtendWith(StrictDispatch.class)
class EventsIT {

    /** All that a field's rule needs beside the field: the marks are replaced by what a row says. */
    private static final String EVENT =
            "\"eventType\":\"a.b\",\"cloudEventsVersion\":\"0.1\",\"source\":\"s\",\"eventID\":\"1\"";

    private static final String TYPE_RULE = "eventType in body should match '^[\\w\\d\\-\\.]+$'";

    private final Wire wire;

    EventsIT(Wire wire) {
        this.wire = wire;
    }

    /** The event with one field changed, added or, where the value is {@code -}, left out. */
    private static String event(String field, String value) {
        String others =
                EVENT.replaceAll("\"%s\":\"[^\"]*\",?".formatted(field), "").replaceAll(",$", "");
        return "{%s%s}".formatted(others, value.equals("-") ? "" : ",\"%s\":%s".formatted(field, value));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            eventType          | "a"
            eventType          | "A.b-c_7"
            eventType          | "."
            eventTypeVersion   | "1.0"
            eventTypeVersion   | ""
            eventTypeVersion   | null
            source             | "any text, ünd no URI"
            eventID            | "any text"
            eventTime          | "2018-11-30T09:15:00Z"
            eventTime          | "2018-11-30T09:15:00.123456789+01:00"
            eventTime          | "0001-01-01T00:00:00Z"
            eventTime          | ""
            eventTime          | null
            schemaURL          | "https://example.com/schema"
            schemaURL          | "urn:schema:1"
            schemaURL          | "/schema"
            schemaURL          | ""
            contentType        | "text/plain"
            contentType        | "no media type at all"
            contentType        | ""
            extensions         | {"a":1}
            extensions         | null
            id                 | "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e77"
            id                 | ""
            emitted-time       | 1543565700
            tags               | [{"key":"a","value":"b"}]
            tags               | []
            data               | null
            unknown            | {"a":[{}]}
            """)
    void whatIsJustInsideARuleIsAccepted(String field, String value) {
        wire.post("/v1/event", event(field, value)).is(200);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cloudEventsVersion | -                                      | 422 | 602 | cloudEventsVersion in body is required
            cloudEventsVersion | null                                   | 422 | 602 | cloudEventsVersion in body is required
            cloudEventsVersion | ""                                     | 400 | 400 | Error validating event: cloudEventsVersion must be 0.1, but was ""
            cloudEventsVersion | "0.2"                                  | 400 | 400 | Error validating event: cloudEventsVersion must be 0.1, but was "0.2"
            cloudEventsVersion | 0.1                                    | 400 | 400 | cloudEventsVersion in body must be a string
            eventType          | -                                      | 422 | 602 | eventType in body is required
            eventType          | null                                   | 422 | 602 | eventType in body is required
            source             | -                                      | 422 | 602 | source in body is required
            source             | null                                   | 422 | 602 | source in body is required
            source             | ""                                     | 400 | 400 | Error validating event: source must not be empty
            eventID            | -                                      | 400 | 400 | Error validating event: eventID is required and must not be empty
            eventID            | ""                                     | 400 | 400 | Error validating event: eventID is required and must not be empty
            eventTime          | "2018-11-30"                           | 400 | 400 | eventTime in body must be a date-time of RFC 3339, but was "2018-11-30"
            eventTime          | "2018-11-31T09:15:00Z"                 | 400 | 400 | eventTime in body must be a date-time of RFC 3339, but was "2018-11-31T09:15:00Z"
            eventTime          | 1543565700                             | 400 | 400 | eventTime in body must be a string
            schemaURL          | "schema"                               | 400 | 400 | Error validating event: schemaURL must be an absolute URI or an absolute path, but was "schema"
            schemaURL          | "a/b"                                  | 400 | 400 | Error validating event: schemaURL must be an absolute URI or an absolute path, but was "a/b"
            extensions         | {}                                     | 400 | 400 | Error validating event: extensions must have at least one member
            extensions         | []                                     | 400 | 400 | extensions in body must be an object
            id                 | "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e7"  | 422 | 601 | id in body must be of type uuid: "0f6b6b0e-2a54-4f6e-8f49-5c1d5a0b9e7"
            emitted-time       | "1543565700"                           | 400 | 400 | emitted-time in body must be a number
            tags               | [null]                                 | 400 | 400 | tags in body must hold objects with key and value only
            """)
    void whatIsJustOutsideIsRefused(String field, String value, int status, int code, String message) {
        wire.post("/v1/event", event(field, value)).isError(status, code, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a*", "a/b", "ü", "a\\u0663", "a\\n", "\\na", "a\\r\\n"})
    void anEventTypeIsOfAsciiLettersDigitsAndThreeSigns(String type) {
        wire.post("/v1/event", event("eventType", "\"%s\"".formatted(type))).isError(422, 605, TYPE_RULE);
    }

    @Test
    void anEventTypeHasAtMost128Characters() {
        wire.post("/v1/event", event("eventType", "\"%s\"".formatted("x".repeat(128))))
                .is(200);
        wire.post("/v1/event", event("eventType", "\"%s\"".formatted("x".repeat(129))))
                .isError(422, 603, "eventType in body should be at most 128 chars long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"dGV4dA==\"", "\"text\"", "7", "2.50", "1e5", "true", "[]", "[ 1, {} ]", "{\"a\" : -0.0}"})
    void dataIsAnyJsonAndKeepsItsSpelling(String data) {
        String echo = wire.post("/v1/event", event("data", data)).is(200).text();

        assertThat(echo).contains("\"data\":" + data);
    }

    @ParameterizedTest
    @CsvSource({
        "2018-11-30T09:15:00Z, 2018-11-30T09:15:00.000Z",
        "2018-11-30T09:15:00+01:00, 2018-11-30T09:15:00.000+01:00",
        "2018-11-30T09:15:00.123456789-08:00, 2018-11-30T09:15:00.123-08:00",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
        "'', 0001-01-01T00:00:00.000Z",
    })
    void timesAreEchoedInMillisecondsWithTheirOffset(String sent, String shown) {
        assertThat(wire.post("/v1/event", event("eventTime", "\"%s\"".formatted(sent)))
                        .is(200)
                        .json()
                        .path("eventTime")
                        .asString())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{EVENT}",
                "{\"event\":{EVENT}}",
                "{\"event\":{EVENT,},}",
                "{\"EVENT\":{EVENT},\"tags\":null,\"id\":null}",
                "{EVENT,\"schemaURL\":\"\",\"contentType\":\"\",\"extensions\":null,\"kind\":\"Emission\"}",
            })
    void flatAndWrappedEventsAreEchoedFlat(String body) {
        for (String path : new String[] {"/v1/event", "/v1/event/"}) {
            JsonNode echo = wire.post(path, body.replace("EVENT}", EVENT + "}").replace("{EVENT,", "{" + EVENT + ","))
                    .is(200)
                    .json();

            assertThat(echo)
                    .isEqualTo(Wire.JSON.readTree("{%s,\"eventTime\":\"0001-01-01T00:00:00.000Z\"}".formatted(EVENT)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{EVENT}]", "[]", "7", "null", "\"a\"", "{EVENT,\"data\":[1,]}", "{EVENT} {EVENT}"})
    void aListOrAnythingElseThatIsNoEventIsABadRequest(String body) {
        assertThat(wire.post("/v1/event", body.replace("EVENT", EVENT)).is(400).code())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/cloudevents+json       | {"specversion":"1.0","id":"1","source":"/s","type":"a"}       | 202
            application/cloudevents+json       | {"specversion":"0.3","id":"1","source":"/s","type":"a"}       | 202
            application/cloudevents-batch+json | [{"specversion":"1.0","id":"1","source":"/s","type":"a"}]     | 202
            application/cloudevents-batch+json | []                                                            | 202
            application/cloudevents+json       | {"specversion":"1.0","id":"1","source":"/s"}                  | 400
            application/cloudevents+xml        | <event/>                                                      | 415
            text/plain                         | hello                                                         | 415
            """)
    void cloudEventsAreTakenByTheirContentType(String contentType, String body, int status) {
        wire.raw(
                        "POST",
                        "/v1/event",
                        body,
                        "Cookie",
                        "unset",
                        "X-Dispatch-Org",
                        wire.organization(),
                        "Content-Type",
                        contentType)
                .is(status);
    }

    @Test
    void aCloudEventInHeadersIsTakenWithAnyContentType() {
        wire.raw(
                        "POST",
                        "/v1/event",
                        "hello",
                        "Cookie",
                        "unset",
                        "X-Dispatch-Org",
                        wire.organization(),
                        "Content-Type",
                        "text/plain",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "1",
                        "ce-source",
                        "/s",
                        "ce-type",
                        "a")
                .is(202);
    }
}
