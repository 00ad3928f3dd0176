package io.dispatch.contracts.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventReaderTests {
    private static final String REQUIRED = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                       | specversion in body is required
            {"specversion":"2.0"}                                    | specversion in body must be 1.0 or 0.3, but was "2.0"
            {"specversion":1.0}                                      | specversion in body must be 1.0 or 0.3, but was "1.0"
            {"specversion":"1.0","source":"/s","type":"t"}           | id in body is required
            {"specversion":"1.0","id":null,"source":"/s","type":"t"} | id in body is required
            {"specversion":"1.0","id":"","source":"/s","type":"t"}   | id in body must not be empty
            {"specversion":"1.0","id":1,"source":"/s","type":"t"}    | id in body must be a string, but was "1"
            {"specversion":"1.0","id":"1","source":"","type":"t"}    | source in body must be a non-empty URI reference
            {"specversion":"1.0","id":"1","source":"a b","type":"t"} | source in body must be a non-empty URI reference (RFC 3986), but was "a b"
            {"specversion":"1.0","id":"1","source":"/s","type":""}   | type in body must not be empty
            {REQUIRED,"id":"2"}                                      | id in body must be there only once
            {REQUIRED,"time":"yesterday"}                            | time in body must be a date-time of RFC 3339, but was "yesterday"
            {REQUIRED,"time":"2026-02-30T00:00:00Z"}                 | time in body must be a date-time of RFC 3339
            {REQUIRED,"time":"2026-02-28T00:00:00"}                  | time in body must be a date-time of RFC 3339
            {REQUIRED,"dataschema":"relative"}                       | dataschema in body must be an absolute URI
            {REQUIRED,"datacontenttype":"json"}                      | datacontenttype in body must be a media type
            {REQUIRED,"subject":""}                                  | subject in body must not be empty
            {REQUIRED,"Bad_Ext":"x"}                                 | Bad_Ext in body is no name of an attribute
            {REQUIRED,"":"x"}                                        | in body is no name of an attribute
            {REQUIRED,"ext":-1.5}                                    | ext in body must be a string, a boolean or an integer of 32 bits, but was "-1.5"
            {REQUIRED,"ext":2147483648}                              | ext in body must be a string, a boolean or an integer of 32 bits, but was "2147483648"
            {REQUIRED,"ext":{"a": 1}}                                | ext in body must be a string, a boolean or an integer of 32 bits, but was "{"a":1}"
            {REQUIRED,"ext":"\\u0007"}                               | ext in body must not hold control characters
            {REQUIRED,"ext":"\\ud800"}                               | ext in body must not hold control characters, non-characters or half surrogate pairs
            {REQUIRED,"data":1,"data_base64":"AA=="}                 | data in body must be there only once, as data or as data_base64
            {REQUIRED,"data":1,"data":2}                             | data in body must be there only once
            {REQUIRED,"data_base64":"?"}                             | data_base64 in body must be base64
            {REQUIRED,"data_base64":null}                            | data_base64 in body must be a string
            {REQUIRED}x                                              | body is not JSON
            {REQUIRED}{}                                             | body is not JSON: text after the end of the value (line 1, column 56)
            {REQUIRED,}                                              | body is not JSON
            [{REQUIRED}]                                             | an event must be a JSON object
            "event"                                                  | an event must be a JSON object
            {"specversion":"1.0"                                     | body is not JSON
            {'specversion':'1.0'}                                    | body is not JSON
            """)
    void whatBreaksARuleIsRefusedWithFieldAndRule(String body, String message) {
        assertThatThrownBy(() -> CloudEventReader.structured(bytes(body)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"specversion":"0.3","id":"1","source":"/s","type":"t","datacontentencoding":"gzip","data":"x"} | datacontentencoding in body must be base64, but was "gzip"
            {"specversion":"0.3","id":"1","source":"/s","type":"t","datacontentencoding":"base64","data":1} | data in body must be a string, as datacontentencoding is base64
            {"specversion":"0.3","id":"1","source":"/s","type":"t","data_base64":"AA=="}                    | data_base64 in body does not exist in version 0.3
            """)
    void version03HasItsOwnRules(String body, String message) {
        assertThatThrownBy(() -> CloudEventReader.structured(bytes(body)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theOrderReceivedIsKept() {
        Event event = structured(
                "{\"b\":1,\"type\":\"t\",\"a\":true,\"source\":\"/s\",\"id\":\"1\",\"specversion\":\"1.0\"}");

        assertThat(event.attributes())
                .containsExactly(
                        Map.entry("b", 1),
                        Map.entry("type", "t"),
                        Map.entry("a", true),
                        Map.entry("source", "/s"),
                        Map.entry("id", "1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { "a" : [ 1 , 2.50 ] }
            [ ]
            "a \\" quote and \\u00fc"
            -0.0
            1E400
            true
            null
            {"same":1,"same":2}
            """)
    void jsonPayloadsKeepEveryByte(String json) {
        Event event = structured("{" + REQUIRED + ",\"data\":  " + json + "  ,\"x\":1}");

        assertThat(event.data()).asString(UTF_8).isEqualTo(json);
        assertThat(event.dataContentType()).isEqualTo("application/json");
    }

    @Test
    void aPayloadMayComeBeforeItsMediaType() {
        Event event = structured("{\"data\":\"<ü/>\",\"datacontenttype\":\"text/xml\"," + REQUIRED + "}");

        assertThat(event.data()).asString(UTF_8).isEqualTo("<ü/>");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        byte[] body = ("\ufeff{" + REQUIRED + ",\"data\":{\"a\":1}}").getBytes(UTF_8);

        assertThat(CloudEventReader.structured(body).data()).asString(UTF_8).isEqualTo("{\"a\":1}");
    }

    @Test
    void otherEncodingsThanUtf8AreRefused() {
        String body = "{" + REQUIRED + ",\"ext\":\"ü\"}";

        assertThatThrownBy(() -> CloudEventReader.structured(body.getBytes(ISO_8859_1)))
                .hasMessage("body must be UTF-8");
        assertThatThrownBy(() -> CloudEventReader.structured(body.getBytes(UTF_16LE)))
                .hasMessage("body must be UTF-8");
        assertThatThrownBy(() -> CloudEventReader.structured(new byte[0])).hasMessageStartingWith("body is empty");
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> structured("{" + REQUIRED + ",\"data\":" + deep + "}"))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("nesting depth")
                .hasMessageNotContaining("StreamReadConstraints");
    }

    @Test
    void aBatchNamesTheEventThatIsWrong() {
        String good = "{" + REQUIRED + "}";

        assertThat(CloudEventReader.batch(bytes("[]"))).isEmpty();
        assertThat(CloudEventReader.batch(bytes("[" + good + "," + good + "]"))).hasSize(2);
        assertThatThrownBy(() -> CloudEventReader.batch(bytes("[" + good + ",{\"specversion\":\"1.0\"}]")))
                .hasMessage("[1].id in body is required");
        assertThatThrownBy(() -> CloudEventReader.batch(bytes("[" + good + ",1]")))
                .hasMessage("event [1]: an event must be a JSON object");
        assertThatThrownBy(() -> CloudEventReader.batch(bytes("[" + good + ",{]")))
                .hasMessageStartingWith("event [1]: body is not JSON");
        assertThatThrownBy(() -> CloudEventReader.batch(bytes("[" + good + "]]")))
                .hasMessageContaining("body is not JSON");
        assertThatThrownBy(() -> CloudEventReader.batch(bytes(good))).hasMessageContaining("must be a JSON array");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            subject|Euro%20%E2%82%AC%20%F0%9F%98%80|Euro € 😀
            subject|"quoted \\"text\\""|quoted "text"
            subject|100% sure|100% sure
            subject|%2520|%20
            subject|a%zz|a%zz
            source|/a%2520b|/a%20b
            source|/a%20b|/a%20b
            """)
    void headerValuesAreDecodedOnce(String name, String header, String value) {
        assertThat(binary(Map.of("ce-" + name, header)).attribute(name)).isEqualTo(value);
    }

    @Test
    void rawUtf8InAHeaderIsUnderstood() {
        String asTomcatHandsItOut = new String("Zürich".getBytes(UTF_8), ISO_8859_1);

        assertThat(binary(Map.of("ce-subject", asTomcatHandsItOut)).subject()).isEqualTo("Zürich");
        assertThatThrownBy(() -> binary(Map.of("ce-subject", "Z%FCrich")))
                .hasMessageStartingWith("ce-subject in header must be percent-encoded UTF-8");
    }

    @Test
    void theBinaryModeHasItsOwnRules() {
        assertThatThrownBy(() -> binary(Map.of("ce-datacontenttype", "text/plain")))
                .hasMessageStartingWith("ce-datacontenttype in header must not be there");
        assertThatThrownBy(() -> binary(Map.of("ce-my_ext", "x")))
                .hasMessageStartingWith("ce-my_ext in header is no name");
        assertThatThrownBy(() -> binary(Map.of("ce-data", "x"))).hasMessageStartingWith("ce-data in header is no name");
        assertThatThrownBy(() -> binary(Map.of("content-type", "x")))
                .hasMessageStartingWith("ce-datacontenttype in header");
        assertThat(binary(Map.of()).data()).isNull();
        assertThat(binary(Map.of()).dataContentType()).isNull();
    }

    private static Event binary(Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(
                Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t", "accept", "*/*"));
        headers.putAll(more);
        return CloudEventReader.binary(headers, new byte[0]);
    }

    private static Event structured(String body) {
        return CloudEventReader.structured(bytes(body));
    }

    private static byte[] bytes(String body) {
        return body.replace("REQUIRED", REQUIRED).getBytes(UTF_8);
    }
}
