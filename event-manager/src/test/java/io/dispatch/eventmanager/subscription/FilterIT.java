package io.dispatch.eventmanager.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventmanager.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class FilterIT extends RunningService {
    private static final String PATH = "/v1/event/subscriptions";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String FILTERS = "[{\"prefix\":{\"source\":\"/shop/\"}},{\"sql\":\"priority > 2\"},"
            + "{\"data\":{\"pointer\":\"/total\",\"gte\":2.50}}]";

    @Autowired
    private JdbcClient jdbc;

    private String organization = "";

    @BeforeEach
    void newOrganization() {
        organization = "filter-" + UUID.randomUUID();
    }

    @Test
    void filtersComeBackAsTheyWereSentAndTheEventTypeIsAnyWhenNoneIsSent() {
        HttpResponse<String> created = create("big-orders", FILTERS);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).contains("\"eventType\":\"*\",\"filters\":" + FILTERS + ",\"function\":\"f\"");
        HttpResponse<String> read = get(organization, PATH + "/big-orders");
        assertThat(read.body()).contains("\"eventType\":\"*\",\"filters\":" + FILTERS + ",\"function\":\"f\"");
        assertThat(get(organization, PATH).body()).isEqualTo("[" + read.body() + "]");
    }

    @Test
    void noFiltersAreNotAnsweredAndEmptyOnesAre() {
        String plain = postJson(organization, PATH, "{\"eventType\":\"a\",\"filters\":null,\"function\":\"f\"}")
                .body();

        assertThat(plain).doesNotContain("filters");
        assertThat(create("all", "[]").body()).contains("\"eventType\":\"*\",\"filters\":[]");
    }

    @Test
    void aReplacementWithoutFiltersHasNone() {
        create("big-orders", FILTERS);

        HttpResponse<String> replaced = put("big-orders", "{\"eventType\":\"order.paid\",\"function\":\"f\"}");

        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.body()).doesNotContain("filters");
        assertThat(emit("order.paid", "/elsewhere", 1, "{}")).isEqualTo("1");
    }

    @Test
    void aReplacementHasItsFiltersAtOnce() {
        create("big-orders", "[]");
        assertThat(emit("a", "/elsewhere", 1, "{}")).isEqualTo("1");

        assertThat(put("big-orders", "{\"filters\":" + FILTERS + ",\"function\":\"f\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(emit("a", "/elsewhere", 1, "{}")).isEqualTo("0");
        assertThat(emit("a", "/shop/eu", 3, "{\"total\":7}")).isEqualTo("1");
    }

    @Test
    void anEventRunsTheFunctionOnlyIfItPassesAllFilters() {
        create("big-orders", FILTERS);

        assertThat(emit("order.paid", "/shop/eu", 3, "{\"total\":2.5}")).isEqualTo("1");
        assertThat(emit("order.paid", "/store", 3, "{\"total\":2.5}")).isEqualTo("0");
        assertThat(emit("order.paid", "/shop/eu", 2, "{\"total\":2.5}")).isEqualTo("0");
        assertThat(emit("order.paid", "/shop/eu", 3, "{\"total\":2.49}")).isEqualTo("0");
        assertThat(emit("order.paid", "/shop/eu", 3, "\"text\"")).isEqualTo("0");
    }

    /** As it is while replicas of two versions run side by side. */
    @Test
    void filtersThatThisVersionCannotReadHoldBackTheEventsTheyAreAboutAndNoOthers() {
        create("newer", "[]");
        jdbc.sql("UPDATE event_log.subscription SET filters = '[{\"newer\":1}]', event_type = 'a',"
                        + " changed_at = changed_at + 1 WHERE organization = ?")
                .param(organization)
                .update();
        jdbc.sql("UPDATE event_log.subscriptions_version SET version = version + 1")
                .update();

        HttpResponse<String> held =
                post(organization, "/v1/event", Map.of("Content-Type", STRUCTURED), event("a", "/", 1, "{}"));

        assertThat(held.statusCode()).isEqualTo(503);
        assertThat(held.headers().firstValue("Retry-After")).contains("1");
        assertThat(held.body()).contains("this replica cannot read the filters of subscription newer, try again");
        assertThat(emit("b", "/", 1, "{}")).isEqualTo("0");
        assertThat(put("newer", "{\"eventType\":\"a\",\"function\":\"f\"}").statusCode())
                .isEqualTo(200);
        assertThat(emit("a", "/", 1, "{}")).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"exact":{"type":"a"}}     ; filters in body should be an array
            ["exact"]                  ; /filters/0 in body should be an object with one dialect
            [null]                     ; /filters/0 in body should be an object with one dialect
            [{"exact":{}}]             ; /filters/0/exact in body should be an object with at least one attribute
            [{"regex":{"type":"a"}}]   ; /filters/0 in body has the unknown dialect
            [{"sql":"type LIKE 5"}]    ; /filters/0/sql in body is no CloudEvents SQL: a string after LIKE is expected
            [{"sql":"FOO(type)"}]      ; /filters/0/sql in body is no CloudEvents SQL: there is no function FOO at character 1
            """)
    void whatIsNoFilterIsRefusedAndChangesNothing(String filters, String message) {
        create("kept", "[]");

        HttpResponse<String> created = create("refused", filters);
        HttpResponse<String> replaced = put("kept", "{\"filters\":" + filters + ",\"function\":\"f\"}");

        assertThat(created.statusCode()).isEqualTo(400);
        assertThat(created.body()).contains("\"code\":400,\"message\":\"" + message);
        assertThat(replaced.statusCode()).isEqualTo(400);
        assertThat(get(organization, PATH + "/refused").statusCode()).isEqualTo(404);
        assertThat(get(organization, PATH + "/kept").body()).contains("\"filters\":[]");
    }

    @Test
    void aSubscriptionExplainsWhyItDoesNotWantAnEventAndNothingIsEmitted() {
        create("big-orders", FILTERS);

        HttpResponse<String> answer = post(
                organization,
                PATH + "/big-orders/explain",
                Map.of("Content-Type", STRUCTURED),
                event("order.paid", "/shop/eu", 3, "{\"total\":1}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"matches\":false,\"clauses\":["
                        + "{\"path\":\"/eventType\",\"matches\":true,\"because\":\"type is \\\"order.paid\\\"\"},"
                        + "{\"path\":\"/filters/0/prefix/source\",\"matches\":true,\"because\":\"source is \\\"/shop/eu\\\"\"},"
                        + "{\"path\":\"/filters/1/sql\",\"matches\":true,\"because\":\"the expression is true\"},"
                        + "{\"path\":\"/filters/2/data/gte\",\"matches\":false,\"because\":\"/total is 1\"}]}");
        assertThat(answer.headers().firstValue("Dispatch-Event-Id")).isEmpty();
    }

    @Test
    void anEventToExplainMayComeInHeadersOrBeOfVersion01() {
        create("all", "[]");
        Map<String, String> binary = Map.of(
                "ce-specversion", "1.0", "ce-id", "1", "ce-source", "/", "ce-type", "a", "Content-Type", "text/plain");
        String legacy = "{\"eventType\":\"a\",\"cloudEventsVersion\":\"0.1\",\"source\":\"s\",\"eventID\":\"1\"}";

        assertThat(post(organization, PATH + "/all/explain", binary, "hello").body())
                .startsWith("{\"matches\":true");
        assertThat(postJson(organization, PATH + "/all/explain", legacy).body()).startsWith("{\"matches\":true");
        assertThat(post(
                                organization,
                                PATH + "/all/explain",
                                Map.of("Content-Type", "application/cloudevents-batch+json"),
                                "[]")
                        .body())
                .contains("body should be one event to explain, but is a batch of 0");
        assertThat(postJson(organization, PATH + "/nobody/explain", legacy).statusCode())
                .isEqualTo(404);
        assertThat(postJson("other-" + organization, PATH + "/all/explain", legacy)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDraftIsExplainedWithoutBeingMade() {
        String event = event("order.paid", "/shop/eu", 3, "{}");
        String legacy =
                "{\"eventType\":\"ship.sent\",\"cloudEventsVersion\":\"0.1\",\"source\":\"s\",\"eventID\":\"1\"}";

        assertThat(explain("{\"eventType\":\"order.*\"}", event).body())
                .isEqualTo("{\"matches\":true,\"clauses\":["
                        + "{\"path\":\"/eventType\",\"matches\":true,\"because\":\"type is \\\"order.paid\\\"\"}]}");
        assertThat(explain("{\"eventType\":\"order.*\"}", legacy).body())
                .isEqualTo("{\"matches\":false,\"clauses\":["
                        + "{\"path\":\"/eventType\",\"matches\":false,\"because\":\"type is \\\"ship.sent\\\"\"}]}");
        assertThat(explain("{\"filters\":[{\"not\":{\"exact\":{\"type\":\"a\"}}}]}", event)
                        .body())
                .startsWith("{\"matches\":true");
        assertThat(get(organization, PATH).body()).isEqualTo("[]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"subscription":{"eventType":"a"}}                           ; 422 ; event in body is required
            {"event":{}}                                                 ; 422 ; subscription in body is required
            {"event":{},"subscription":{}}                               ; 422 ; subscription.eventType in body is required
            {"event":5,"subscription":{"eventType":"a"}}                 ; 400 ; body
            {"event":null,"subscription":{"eventType":"a"}}              ; 400 ; body
            {"event":{"specversion":"1.0"},"subscription":{"filters":[]}}; 400 ; id in body is required
            {"event":{"id":"1"},"subscription":{"filters":[{"a":1}]}}    ; 422 ; in body is required
            """)
    void anIncompleteQuestionIsRefused(String question, int status, String message) {
        HttpResponse<String> answer = postJson(organization, "/v1/event/explain", question);

        assertThat(answer.body()).contains(message);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private HttpResponse<String> explain(String draft, String event) {
        return postJson(
                organization, "/v1/event/explain", "{\"subscription\":%s,\"event\":%s}".formatted(draft, event));
    }

    private HttpResponse<String> create(String name, String filters) {
        return postJson(
                organization, PATH, "{\"name\":\"%s\",\"filters\":%s,\"function\":\"f\"}".formatted(name, filters));
    }

    private HttpResponse<String> put(String name, String body) {
        return send(request(organization, PATH + "/" + name)
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofString(body)));
    }

    /** How many subscriptions matched. */
    private String emit(String type, String source, int priority, String data) {
        return post(organization, "/v1/event", Map.of("Content-Type", STRUCTURED), event(type, source, priority, data))
                .headers()
                .firstValue("Dispatch-Matched")
                .orElse("none");
    }

    private static String event(String type, String source, int priority, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"%s\",\"source\":\"%s\",\"priority\":%d,\"data\":%s}"
                .formatted(type, source, priority, data);
    }
}
