package io.dispatch.eventmanager.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.subscription.Explanation.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTests {
    private static final String PAYLOAD =
            "{\"vm\":{\"cpus\":4.0,\"name\":\"web-1\",\"tags\":[\"a\",\"b\"],\"owner\":null,\"on\":true},\"a/b\":1,\"big\":1e1000000000}";
    private static final Event EVENT = Event.of(
            Map.of(
                    "id", "7",
                    "source", "/shop/eu",
                    "type", "order.paid",
                    "subject", "orders/4711",
                    "datacontenttype", "application/json",
                    "priority", 3),
            PAYLOAD.getBytes(UTF_8));

    @ParameterizedTest(name = "{0} matches: {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            []                                                                          ; true
            [{"exact":{"type":"order.paid"}}]                                           ; true
            [{"exact":{"type":"Order.paid"}}]                                           ; false
            [{"exact":{"type":"order.paid","subject":"orders/4711"}}]                   ; true
            [{"exact":{"type":"order.paid","subject":"orders/4712"}}]                   ; false
            [{"exact":{"type":"order.paid"}},{"exact":{"source":"/shop/us"}}]           ; false
            [{"exact":{"specversion":"1.0","priority":"3"}}]                            ; true
            [{"exact":{"missing":"x"}}]                                                 ; false
            [{"prefix":{"type":"order.","source":"/shop"}}]                             ; true
            [{"prefix":{"type":"paid"}}]                                                ; false
            [{"suffix":{"type":".paid"}}]                                               ; true
            [{"suffix":{"type":"order."}}]                                              ; false
            [{"all":[{"prefix":{"type":"order"}},{"suffix":{"type":"paid"}}]}]          ; true
            [{"all":[{"prefix":{"type":"order"}},{"suffix":{"type":"sent"}}]}]          ; false
            [{"any":[{"exact":{"type":"a"}},{"exact":{"type":"order.paid"}}]}]          ; true
            [{"any":[{"exact":{"type":"a"}},{"exact":{"type":"b"}}]}]                   ; false
            [{"not":{"exact":{"type":"order.paid"}}}]                                   ; false
            [{"not":{"exact":{"missing":"x"}}}]                                         ; true
            [{"sql":"source LIKE '/shop/%' AND priority > 2"}]                          ; true
            [{"sql":"missing = 'x' OR TRUE"}]                                           ; false
            [{"sql":"type"}]                                                            ; false
            [{"sql":"1"}]                                                               ; false
            [{"data":{"pointer":"/vm/cpus","gte":4}}]                                   ; true
            [{"data":{"pointer":"/vm/cpus","gt":4}}]                                    ; false
            [{"data":{"pointer":"/vm/cpus","gt":3.5,"lt":4.5}}]                         ; true
            [{"data":{"pointer":"/vm/cpus","lte":3}}]                                   ; false
            [{"data":{"pointer":"/vm/cpus","exact":4}}]                                 ; true
            [{"data":{"pointer":"/vm/cpus","exact":"4"}}]                               ; false
            [{"data":{"pointer":"/vm/cpus","in":[1,4]}}]                                ; true
            [{"data":{"pointer":"/vm/name","prefix":"web-","suffix":"1"}}]              ; true
            [{"data":{"pointer":"/vm/name","gt":1}}]                                    ; false
            [{"data":{"pointer":"/vm/name","in":["db-1","web-1"]}}]                     ; true
            [{"data":{"pointer":"/vm/tags/1","exact":"b"}}]                             ; true
            [{"data":{"pointer":"/vm/tags/2","exists":false}}]                          ; true
            [{"data":{"pointer":"/vm/owner","exact":null}}]                             ; true
            [{"data":{"pointer":"/vm/owner","exists":true}}]                            ; true
            [{"data":{"pointer":"/vm/nobody","exact":null}}]                            ; false
            [{"data":{"pointer":"/vm/on","exact":true}}]                                ; true
            [{"data":{"pointer":"/a~1b","exact":1}}]                                    ; true
            [{"data":{"pointer":"","exists":true}}]                                     ; true
            [{"data":{"pointer":"/big","gt":1e999999999}}]                              ; true
            [{"data":{"pointer":"/big","exact":10e999999999}}]                          ; true
            """)
    void anEventPassesAllFiltersOrNot(String filters, boolean matches) throws InvalidFilterException {
        Filters parsed = Filters.parse(filters);

        assertThat(parsed.matches(new Candidate(EVENT))).isEqualTo(matches);
        List<Clause> clauses = new ArrayList<>();
        parsed.explain(new Candidate(EVENT), clauses);
        assertThat(clauses.stream()
                        .filter(clause ->
                                clause.path().matches("/filters/\\d+(/(exact|prefix|suffix|data)/.*|/[a-z]+)"))
                        .filter(clause -> !clause.path().contains("/any/")
                                && !clause.path().contains("/not/"))
                        .allMatch(Clause::matches))
                .isEqualTo(matches);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"exact":{"type":"a"}}                    ; /filters in body should be an array of filter expressions, but was {"exact":{"type":"a"}}
            [5]                                       ; /filters/0 in body should be an object with one dialect, such as {"exact": {"type": "order.paid"}}, but was 5
            [{}]                                      ; /filters/0 in body should be an object with one dialect, such as {"exact": {"type": "order.paid"}}, but was {}
            [null]                                    ; /filters/0 in body should be an object with one dialect, such as {"exact": {"type": "order.paid"}}, but was null
            [{"sql":"TRUE"},{"regex":"a"}]            ; /filters/1 in body has the unknown dialect "regex": exact, prefix, suffix, all, any, not, sql or data is expected
            [{"exact":{}}]                            ; /filters/0/exact in body should be an object with at least one attribute and its value, but was {}
            [{"exact":"a"}]                           ; /filters/0/exact in body should be an object with at least one attribute and its value, but was "a"
            [{"exact":{"type":""}}]                   ; /filters/0/exact/type in body should be a string that is not empty, but was ""
            [{"prefix":{"type":5}}]                   ; /filters/0/prefix/type in body should be a string that is not empty, but was 5
            [{"exact":{"Type":"a"}}]                  ; /filters/0/exact in body names "Type", which is no attribute: lower-case letters and digits are expected
            [{"exact":{"data":"a"}}]                  ; /filters/0/exact in body names "data", which is no attribute: lower-case letters and digits are expected
            [{"all":[]}]                              ; /filters/0/all in body should have at least one filter expression
            [{"any":{}}]                              ; /filters/0/any in body should be an array of filter expressions, but was {}
            [{"not":[]}]                              ; /filters/0/not in body should be an object with one dialect, such as {"exact": {"type": "order.paid"}}, but was []
            [{"any":[{"not":{"sql":5}}]}]             ; /filters/0/any/0/not/sql in body should be a string, but was 5
            [{"sql":"type ="}]                        ; /filters/0/sql in body is no CloudEvents SQL: a value is expected, but there is the end at character 7
            [{"sql":"FOO(type)"}]                     ; /filters/0/sql in body is no CloudEvents SQL: there is no function FOO at character 1
            [{"data":{"gte":4}}]                      ; /filters/0/data/pointer in body should be a JSON pointer (RFC 6901) of at most 1000 characters, such as /vm/cpus, but is absent
            [{"data":{"pointer":"vm","gte":4}}]       ; /filters/0/data/pointer in body should be a JSON pointer (RFC 6901) of at most 1000 characters, such as /vm/cpus, but was "vm"
            [{"data":{"pointer":"/a~2","gte":4}}]     ; /filters/0/data/pointer in body should be a JSON pointer (RFC 6901) of at most 1000 characters, such as /vm/cpus, but was "/a~2"
            [{"data":{"pointer":"/a"}}]               ; /filters/0/data in body should have a condition: exact, prefix, suffix, in, exists, gt, gte, lt or lte
            [{"data":{"pointer":"/a","like":"b"}}]    ; /filters/0/data in body has the unknown condition "like": exact, prefix, suffix, in, exists, gt, gte, lt or lte is expected
            [{"data":{"pointer":"/a","gte":"4"}}]     ; /filters/0/data/gte in body should be a number, but was "4"
            [{"data":{"pointer":"/a","in":[]}}]       ; /filters/0/data/in in body should be an array of 1 to 100 strings, numbers, true, false or null, but was []
            [{"data":{"pointer":"/a","exact":[1]}}]   ; /filters/0/data/exact in body should be a string, a number, true, false or null, but was [1]
            [{"data":{"pointer":"/a","exists":1}}]    ; /filters/0/data/exists in body should be true or false, but was 1
            [{"data":{"pointer":"/a","gt":1e9999999999}}] ; /filters in body is not JSON that can be read: Value "1e9999999999" cannot be deserialized as `java.math.BigDecimal`, reason:  value exceeds limits
            [{"data":{"pointer":"/a","prefix":""}}]   ; /filters/0/data/prefix in body should be a string that is not empty, but was ""
            """)
    void whatIsNoFilterIsRefusedWithPlaceAndReason(String filters, String message) {
        assertThatThrownBy(() -> Filters.parse(filters))
                .isInstanceOf(InvalidFilterException.class)
                .hasMessage(message);
    }

    @Test
    void numberDepthAndLengthAreBounded() {
        String one = "{\"exact\":{\"type\":\"a\"}}";
        assertThatThrownBy(() -> Filters.parse("[" + (one + ",").repeat(100) + one + "]"))
                .hasMessage("/filters/100/exact in body is one too many: at most 100 filter expressions are allowed");
        assertThatThrownBy(() -> Filters.parse("[" + "{\"not\":".repeat(10) + one + "}".repeat(10) + "]"))
                .hasMessageEndingWith("is nested more than 10 deep");
        assertThatThrownBy(() -> Filters.parse("[{\"exact\":{\"type\":\"" + "a".repeat(40_000) + "\"}}]"))
                .hasMessage("/filters in body should be at most 32768 characters long");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            application/json                ; {"vm":1}       ; true
            application/cloudevents+json    ; {"vm":1}       ; true
            text/json                       ; {"vm":1}       ; true
            text/plain                      ; {"vm":1}       ; false
            application/json                ; {"vm":1        ; false
            application/json                ; {"vm":1} {}    ; false
            application/json                ; ``             ; false
            application/json                ; {"vm":1e99999999999} ; false
            """)
    void onlyAPayloadThatIsJsonMatches(String contentType, String payload, boolean matches)
            throws InvalidFilterException {
        Event event = Event.of(
                Map.of("id", "1", "source", "/", "type", "t", "datacontenttype", contentType), payload.getBytes(UTF_8));
        Filters filters = Filters.parse("[{\"data\":{\"pointer\":\"/vm\",\"exists\":true}}]");

        assertThat(filters.matches(new Candidate(event))).isEqualTo(matches);
        assertThat(Filters.parse("[{\"data\":{\"pointer\":\"/nothing\",\"exists\":false}}]")
                        .matches(new Candidate(event)))
                .isEqualTo(matches);
    }

    @Test
    void anEventWithoutDataIsNoJson() throws InvalidFilterException {
        Event event = Event.of(Map.of("id", "1", "source", "/", "type", "t"), null);

        assertThat(Filters.parse("[{\"data\":{\"pointer\":\"\",\"exists\":true}}]")
                        .matches(new Candidate(event)))
                .isFalse();
    }

    @Test
    void whatEachFilterFoundIsSaid() throws InvalidFilterException {
        Filters filters = Filters.parse(
                "[{\"exact\":{\"type\":\"order.paid\",\"region\":\"eu\"}},"
                        + "{\"any\":[{\"prefix\":{\"source\":\"/shop\"}},{\"not\":{\"sql\":\"priority < 5\"}}]},"
                        + "{\"sql\":\"region = 'eu'\"},"
                        + "{\"data\":{\"pointer\":\"/vm/cpus\",\"gte\":2,\"lt\":4}},{\"data\":{\"pointer\":\"/x\",\"exact\":1}}]");
        List<Clause> clauses = new ArrayList<>();

        filters.explain(new Candidate(EVENT), clauses);

        assertThat(clauses)
                .extracting(Clause::path, Clause::matches, Clause::because)
                .containsExactly(
                        tuple("/filters/0/exact", false, "1 of the 2 expressions in it match"),
                        tuple("/filters/0/exact/type", true, "type is \"order.paid\""),
                        tuple("/filters/0/exact/region", false, "region is absent"),
                        tuple("/filters/1/any", true, "1 of the 2 expressions in it match"),
                        tuple("/filters/1/any/0/prefix/source", true, "source is \"/shop/eu\""),
                        tuple("/filters/1/any/1/not", false, "the expression in it matches"),
                        tuple("/filters/1/any/1/not/sql", true, "the expression is true"),
                        tuple("/filters/2/sql", false, "the expression fails: attribute region is absent"),
                        tuple("/filters/3/data/gte", true, "/vm/cpus is 4.0"),
                        tuple("/filters/3/data/lt", false, "/vm/cpus is 4.0"),
                        tuple("/filters/4/data/exact", false, "/x is absent"));
    }
}
