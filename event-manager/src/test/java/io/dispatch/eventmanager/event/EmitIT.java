package io.dispatch.eventmanager.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventmanager.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EmitIT extends RunningService {
    private static final String GUIDE_BODY =
            "{ \"event\": { \"source\": \"dispatch\", \"contentType\": \"application/json\", \"eventTime\":"
                    + " \"2018-03-02T23:31:35.818-08:00\", \"eventType\": \"test.event33\", \"eventID\":"
                    + " \"b4620ea5-8e9d-42d5-a566-6ad2f7873d63\", \"cloudEventsVersion\": \"0.1\", } }";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @Autowired
    private DataSource dataSource;

    private String organization = "";

    @BeforeEach
    void newOrganization() {
        organization = "emit-" + UUID.randomUUID();
    }

    @Test
    void anEventThatSomebodyWantsIsInTheLogWhenItIsAnswered() {
        subscribe("order.paid");

        HttpResponse<String> answer = postJson(organization, "/v1/event", """
                {"eventType":"order.paid","cloudEventsVersion":"0.1","source":"shop/eu",
                 "eventID":"7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11","eventTime":"2018-11-30T09:15:00+01:00",
                 "contentType":"application/json","data":{"order":4711,"total":19.90}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"eventType\":\"order.paid\",\"cloudEventsVersion\":\"0.1\",\"source\":\"shop/eu\","
                        + "\"eventID\":\"7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11\",\"eventTime\":\"2018-11-30T09:15:00.000+01:00\","
                        + "\"contentType\":\"application/json\",\"data\":{\"order\":4711,\"total\":19.90}}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Dispatch-Matched")).contains("1");
        LogEntry entry = logged(answer);
        assertThat(entry.organization()).isEqualTo(organization);
        assertThat(entry.subscriptions()).hasSize(1);
        assertThat(entry.event().source()).isEqualTo("shop/eu");
        assertThat(entry.event().data()).asString(UTF_8).isEqualTo("{\"order\":4711,\"total\":19.90}");
    }

    @Test
    void theGuidesCurlWorksToTheLetter() {
        HttpResponse<String> answer = post(
                organization,
                "/v1/event/",
                Map.of("Cookie", "cookie", "Content-Type", "application/json; charset=utf-8"),
                GUIDE_BODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"eventType\":\"test.event33\",\"cloudEventsVersion\":\"0.1\",\"source\":\"dispatch\","
                        + "\"eventID\":\"b4620ea5-8e9d-42d5-a566-6ad2f7873d63\","
                        + "\"eventTime\":\"2018-03-02T23:31:35.818-08:00\",\"contentType\":\"application/json\"}");
    }

    @Test
    void anEventThatNobodyWantsIsDroppedAndTheAnswerSaysSo() {
        HttpResponse<String> legacy = postJson(organization, "/v1/event/ingest", GUIDE_BODY);
        HttpResponse<String> cloudEvent =
                post(organization, "/v1/event", Map.of("Content-Type", STRUCTURED), event("1", "t"));

        assertThat(legacy.headers().firstValue("Dispatch-Matched")).contains("0");
        assertThat(legacy.headers().firstValue("Dispatch-Event-Id")).isEmpty();
        assertThat(cloudEvent.statusCode()).isEqualTo(202);
        assertThat(cloudEvent.headers().firstValue("Dispatch-Matched")).contains("0");
        assertThat(cloudEvent.headers().firstValue("Dispatch-Event-Id")).isEmpty();
        assertThat(cloudEvent.body()).isEqualTo("{\"id\":\"1\",\"source\":\"/s\",\"eventId\":null,\"matched\":0}");
    }

    @Test
    void aBinaryCloudEventPassesThroughUnchanged() {
        subscribe("com.example.*");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", "42");
        headers.put("ce-source", "/shop%20eu");
        headers.put("ce-type", "com.example.order.paid");
        headers.put("ce-subject", "Euro%20%E2%82%AC");
        headers.put("ce-myext", "100%25");

        HttpResponse<String> answer = post(organization, "/v1/event", headers, "hello");

        assertThat(answer.statusCode()).isEqualTo(202);
        Event event = logged(answer).event();
        assertThat(event.source()).isEqualTo("/shop%20eu");
        assertThat(event.subject()).isEqualTo("Euro €");
        assertThat(event.attribute("myext")).isEqualTo("100%");
        assertThat(event.dataContentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(event.data()).asString(UTF_8).isEqualTo("hello");
    }

    @Test
    void anEventInHeadersNeedsNoBody() {
        Map<String, String> headers = Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t");

        assertThat(post(organization, "/v1/event", headers, "").statusCode()).isEqualTo(202);
    }

    @Test
    void aBatchIsAcceptedWholeWithOneAnswerForEachEvent() {
        subscribe("wanted");
        subscribe("wan*");

        HttpResponse<String> answer = post(
                organization,
                "/v1/event",
                Map.of("Content-Type", BATCH),
                "[" + event("1", "wanted") + "," + event("2", "other") + "]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Dispatch-Matched")).contains("2");
        assertThat(answer.headers().firstValue("Dispatch-Event-Id")).isEmpty();
        assertThat(answer.body())
                .matches("\\[\\{\"id\":\"1\",\"source\":\"/s\",\"eventId\":\"[0-9a-f-]{36}\",\"matched\":2},"
                        + "\\{\"id\":\"2\",\"source\":\"/s\",\"eventId\":null,\"matched\":0}]");
    }

    @Test
    void aBatchWithOneBadEventIsRefusedWhole() {
        subscribe("wanted");
        EventLogReader log = new EventLogReader(dataSource);
        var before = log.nextOffsets();

        HttpResponse<String> answer = post(
                organization,
                "/v1/event",
                Map.of("Content-Type", BATCH),
                "[" + event("1", "wanted") + "," + event("", "wanted") + "]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\":\"[1].id in body must not be empty");
        assertThat(log.nextOffsets()).isEqualTo(before);
    }

    @Test
    void anEmptyBatchIsAcceptedAndAnsweredEmpty() {
        HttpResponse<String> answer = post(organization, "/v1/event", Map.of("Content-Type", BATCH), "[]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(answer.headers().firstValue("Dispatch-Matched")).contains("0");
    }

    @Test
    void anEventOfOneOrganizationIsNeverMatchedInAnother() {
        subscribe("order.paid");

        HttpResponse<String> answer = post(
                "other-" + organization, "/v1/event", Map.of("Content-Type", STRUCTURED), event("1", "order.paid"));

        assertThat(answer.headers().firstValue("Dispatch-Matched")).contains("0");
    }

    @Test
    void whatIsNoEventIsRefusedWithTheRuleItBreaks() {
        assertRefused(
                postJson(organization, "/v1/event", "{}"),
                422,
                "\"code\":602,\"message\":\"cloudEventsVersion in body is required\"");
        assertRefused(
                postJson(organization, "/v1/event", ""), 422, "\"code\":602,\"message\":\"body in body is required\"");
        assertRefused(postJson(organization, "/v1/event", "{"), 400, "body is not JSON");
        assertRefused(postJson(organization, "/v1/event", "[]"), 400, "body must be a JSON object");
        assertRefused(
                post(organization, "/v1/event", Map.of("Content-Type", STRUCTURED), "{,}"), 400, "body is not JSON");
        assertRefused(
                post(organization, "/v1/event", Map.of("Content-Type", JSON, "ce-id", "1"), "{}"),
                400,
                "ce-specversion in header is required");
        assertRefused(
                post(organization, "/v1/event", Map.of("Content-Type", JSON, "ce-specversion", "1.0"), "{}"),
                400,
                "ce-id in header is required");
    }

    @Test
    void otherMediaTypesAreRefused() {
        for (String type :
                new String[] {"text/plain", "application/cloudevents+avro", "application/json; charset=iso-8859-1", ""
                }) {
            assertRefused(
                    post(organization, "/v1/event", type.isEmpty() ? Map.of() : Map.of("Content-Type", type), "{}"),
                    415,
                    "unsupported media type");
        }
        assertThat(get(organization, "/v1/event/ingest").statusCode()).isEqualTo(405);
    }

    @Test
    void aHeaderThatComesTwiceIsRefused() {
        HttpResponse<String> answer = send(request(organization, "/v1/event")
                .header("Content-Type", JSON)
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-id", "2")
                .POST(BodyPublishers.noBody()));

        assertRefused(answer, 400, "ce-id in header must be there only once");
    }

    @Test
    void anEventOfOneMebibyteIsKeptAndOneThatIsAByteLargerIsRefused() {
        subscribe("large");
        Map<String, String> headers = Map.of(
                "Content-Type",
                "text/plain",
                "ce-specversion",
                "1.0",
                "ce-id",
                "1",
                "ce-source",
                "/s",
                "ce-type",
                "large");
        String largest = "x".repeat(1 << 20);

        HttpResponse<String> answer = post(organization, "/v1/event", headers, largest);
        HttpResponse<String> tooLarge = post(organization, "/v1/event", headers, largest + "x");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(logged(answer).event().data()).asString(UTF_8).isEqualTo(largest);
        assertRefused(tooLarge, 413, "the body should be at most 1048576 bytes long");
    }

    @Test
    void anEventWithTwoHundredExtensionsIsKeptWithAllOfThem() {
        subscribe("many");
        StringBuilder extensions = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            extensions.append(",\"ext%d\":\"%s\"".formatted(i, "v".repeat(100)));
        }
        String event = event("1", "many").replaceFirst("}$", extensions + "}");

        HttpResponse<String> answer = post(organization, "/v1/event", Map.of("Content-Type", STRUCTURED), event);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(logged(answer).event().attributes()).hasSize(203).containsEntry("ext199", "v".repeat(100));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String message) {
        assertThat(answer.body()).contains(message);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private void subscribe(String type) {
        assertThat(postJson(
                                organization,
                                "/v1/event/subscriptions",
                                "{\"eventType\":\"%s\",\"function\":\"f\"}".formatted(type))
                        .statusCode())
                .isEqualTo(201);
    }

    private static String event(String id, String type) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/s\",\"type\":\"%s\"}".formatted(id, type);
    }

    private LogEntry logged(HttpResponse<String> answer) {
        String id = answer.headers().firstValue("Dispatch-Event-Id").orElseThrow();
        Position position = EventId.position(UUID.fromString(id)).orElseThrow();
        return new EventLogReader(dataSource)
                .read(position.partition(), position.offset(), 1, 1)
                .getFirst();
    }
}
