package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyReaderTests {
    private static final String REQUIRED =
            "\"cloudEventsVersion\":\"0.1\",\"eventType\":\"a.b\",\"source\":\"s\",\"eventID\":\"1\"";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                            | 602 | cloudEventsVersion in body is required
            {"cloudEventsVersion":"0.1"}                                                  | 602 | eventType in body is required
            {"cloudEventsVersion":"0.1","eventType":null}                                 | 602 | eventType in body is required
            {"cloudEventsVersion":"0.1","eventType":""}                                   | 605 | eventType in body should match '^[\\w\\d\\-\\.]+$'
            {"cloudEventsVersion":"0.1","eventType":"a*"}                                 | 605 | eventType in body should match
            {"cloudEventsVersion":"0.1","eventType":"a\\n"}                               | 605 | eventType in body should match
            {"cloudEventsVersion":"0.1","eventType":"a"}                                  | 602 | source in body is required
            {REQUIRED,"id":"7"}                                                           | 601 | id in body must be of type uuid: "7"
            {"eventTime":"now"}                                                           | 0   | eventTime in body must be a date-time of RFC 3339, but was "now"
            {REQUIRED,"eventTime":"now"}                                                  | 0   | eventTime in body must be a date-time of RFC 3339, but was "now"
            {REQUIRED,"eventType":"x"}                                                    | 0   | eventType in body must be there only once
            {REQUIRED,"EVENTTYPE":"x"}                                                    | 0   | EVENTTYPE in body must be there only once
            {"eventType":5}                                                               | 0   | eventType in body must be a string
            {REQUIRED,"tags":{}}                                                          | 0   | tags in body must be an array
            {REQUIRED,"tags":[null]}                                                      | 0   | tags in body must hold objects with key and value only
            {REQUIRED,"emitted-time":"now"}                                               | 0   | emitted-time in body must be a number
            {REQUIRED,"extensions":[]}                                                    | 0   | extensions in body must be an object
            {REQUIRED,"extensions":{}}                                                    | 0   | Error validating event: extensions must have at least one member
            {"cloudEventsVersion":"1.0","eventType":"a","source":"s","eventID":"1"}       | 0   | Error validating event: cloudEventsVersion must be 0.1, but was "1.0"
            {"cloudEventsVersion":"0.1","eventType":"a","source":"","eventID":"1"}        | 0   | Error validating event: source must not be empty
            {"cloudEventsVersion":"0.1","eventType":"a","source":"s"}                     | 0   | Error validating event: eventID is required and must not be empty
            {REQUIRED,"schemaURL":"relative"}                                             | 0   | Error validating event: schemaURL must be an absolute URI or an absolute path, but was "relative"
            {REQUIRED,"source2":"\\ud800","contentType":"\\ud800"}                        | 0   | contentType in body must not hold half surrogate pairs
            {REQUIRED,"data":{"a":1,}}                                                    | 0   | body is not JSON
            {REQUIRED,"extensions":{"a":[1,]}}                                            | 0   | body is not JSON
            {REQUIRED,,}                                                                  | 0   | body is not JSON
            {REQUIRED} {}                                                                 | 0   | body is not JSON: text after the end
            [{REQUIRED}]                                                                  | 0   | body must be a JSON object
            7                                                                             | 0   | body must be a JSON object
            """)
    void whatBreaksARuleIsRefusedInTheOriginalsOrder(String body, int code, String message) {
        InvalidEventException invalid =
                catchThrowableOfType(InvalidEventException.class, () -> LegacyReader.read(bytes(body)));

        assertThat(invalid).hasMessageContaining(message);
        assertThat(invalid.code() == null ? 0 : invalid.code().code()).isEqualTo(code);
    }

    @Test
    void aTypeMayHave128CharactersAndNoMore() {
        String longest = "x".repeat(128);

        assertThat(read("{" + REQUIRED.replace("a.b", longest) + "}").eventType())
                .isEqualTo(longest);
        assertThatThrownBy(() -> read("{" + REQUIRED.replace("a.b", longest + "x") + "}"))
                .hasMessage("eventType in body should be at most 128 chars long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{REQUIRED}",
                "{\"event\":{REQUIRED}}",
                "{\"event\":{REQUIRED,},}",
                "{\"EVENT\":{REQUIRED},\"tags\":[]}",
                "{\"event\":{\"eventType\":\"other\"},REQUIRED}",
                "{REQUIRED,\"extensions\":null,\"data\":null,\"tags\":null,\"unknown\":{\"a\":[{}]},\"kind\":null}",
                "{\"CLOUDEVENTSVERSION\":\"0.1\",\"eventtype\":\"a.b\",\"Source\":\"s\",\"eventid\":\"1\",\"contentType\":\"\"}",
            })
    void allTheseAreTheSameEvent(String body) {
        assertThat(read(body)).isEqualTo(new LegacyEvent("a.b", null, "s", "1", null, null, null, Map.of(), null));
    }

    @Test
    void theAnswerRepeatsTheEmission() {
        String answer = new String(
                LegacyReader.read(bytes(
                                "{REQUIRED,\"eventTime\":\"2018-11-30T09:15:00+01:00\",\"data\":{\"total\": 19.90},"
                                        + "\"id\":\"7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11\",\"emitted-time\":15,"
                                        + "\"tags\":[{\"key\":\"a b\",\"value\":\"c\"}]}"))
                        .toJson(),
                UTF_8);

        assertThat(answer)
                .isEqualTo("{\"eventType\":\"a.b\",\"cloudEventsVersion\":\"0.1\",\"source\":\"s\",\"eventID\":\"1\","
                        + "\"eventTime\":\"2018-11-30T09:15:00.000+01:00\",\"data\":{\"total\": 19.90},"
                        + "\"id\":\"7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11\",\"emitted-time\":15,"
                        + "\"tags\":[{\"key\":\"a b\",\"value\":\"c\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        ",0001-01-01T00:00:00.000Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000Z",
        "2018-11-30T09:15:00.123456789Z,2018-11-30T09:15:00.123Z",
        "2018-11-30t09:15:00.1+00:00,2018-11-30T09:15:00.100Z",
        "2018-11-30T09:15:00-08:00,2018-11-30T09:15:00.000-08:00",
    })
    void timesAreShownInMilliseconds(@Nullable String sent, String shown) {
        String time = sent == null ? "" : ",\"eventTime\":\"" + sent + "\"";

        assertThat(LegacyReader.read(bytes("{REQUIRED" + time + "}")).toJson())
                .asString(UTF_8)
                .contains("\"eventTime\":\"" + shown + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        ",0001-01-01T00:00:00Z",
        "2018-11-30T09:15:00+01:00,2018-11-30T09:15:00+01:00",
        "2018-11-30T09:15:10.100Z,2018-11-30T09:15:10.1Z",
        "2018-11-30T09:15:00.123456789-08:00,2018-11-30T09:15:00.123-08:00",
    })
    void aFunctionSeesThemWithoutZerosAtTheEnd(@Nullable String sent, String shown) {
        String time = sent == null ? "" : ",\"eventTime\":\"" + sent + "\"";

        assertThat(read("{REQUIRED" + time + "}").toJsonInContext())
                .asString(UTF_8)
                .contains("\"eventTime\":\"" + shown + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.50", "\"\\u00fc\"", "[ 1, 1e5 ]", "{\"a\" : -0.0}", "\"YmFzZTY0\""})
    void dataKeepsItsSpelling(String data) {
        Event event = read("{REQUIRED,\"data\":" + data + "}").toEvent();

        assertThat(event.data()).asString(UTF_8).isEqualTo(data);
        assertThat(LegacyEvent.of(event).data()).isEqualTo(data);
    }

    private static LegacyEvent read(String body) {
        return LegacyReader.read(bytes(body)).event();
    }

    private static byte[] bytes(String body) {
        return body.replace("REQUIRED", REQUIRED).getBytes(UTF_8);
    }
}
