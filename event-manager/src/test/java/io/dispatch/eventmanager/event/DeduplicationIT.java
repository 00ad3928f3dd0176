package io.dispatch.eventmanager.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.eventmanager.log.Keeping;
import io.dispatch.eventmanager.subscription.Matching;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeduplicationIT extends RunningService {
    private final String organization = "twice-" + UUID.randomUUID();

    @Autowired
    EventLogWriter log;

    @Autowired
    Matching matching;

    @Autowired
    Keeping keeping;

    @Autowired
    Deduplication deduplication;

    @Autowired
    SeenEvents seen;

    @Autowired
    JdbcClient jdbc;

    @Test
    void withinTheWindowAnEventIsKeptOnceAndAnsweredTheSame() {
        subscribe();
        settings("{\"keep\":\"matched\",\"deduplicate\":\"PT10M\"}");

        HttpResponse<String> first = emit("1", "/shop");
        HttpResponse<String> again = emit("1", "/shop");
        HttpResponse<String> otherSource = emit("1", "/shop2");
        HttpResponse<String> legacy = postJson(
                organization,
                "/v1/event",
                "{\"cloudEventsVersion\":\"0.1\",\"eventType\":\"order.paid\",\"source\":\"/shop\",\"eventID\":\"1\"}");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Dispatch-Duplicate")).isEmpty();
        assertThat(first.body()).doesNotContain("duplicate");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Dispatch-Duplicate")).contains("true");
        assertThat(again.headers().firstValue("Dispatch-Matched")).contains("1");
        assertThat(again.headers().firstValue("Dispatch-Event-Id")).isEqualTo(eventId(first));
        assertThat(again.body()).endsWith("\"matched\":1,\"duplicate\":true}");
        assertThat(otherSource.headers().firstValue("Dispatch-Duplicate")).isEmpty();
        assertThat(legacy.statusCode()).isEqualTo(200);
        assertThat(legacy.headers().firstValue("Dispatch-Duplicate")).contains("true");
        assertThat(eventId(legacy)).isEqualTo(eventId(first));
        assertThat(kept()).isEqualTo(2);
        assertThat(json("/v1/event/types").at("/0/count").asInt()).isEqualTo(2);
    }

    @Test
    void aBatchSaysOfEachEventWhetherItWasThere() {
        subscribe();
        settings("{\"keep\":\"matched\",\"deduplicate\":\"PT10M\"}");
        String first = eventId(emit("1", "/shop")).orElseThrow();

        HttpResponse<String> batch = post(
                organization,
                "/v1/event",
                Map.of("Content-Type", "application/cloudevents-batch+json"),
                "[%s,%s,%s,%s]"
                        .formatted(event("2", "/shop"), event("1", "/shop"), event("2", "/shop"), event("3", "/shop")));

        JsonNode answers = JsonMapper.shared().readTree(batch.body());
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(202);
        assertThat(answers)
                .extracting(answer -> answer.path("duplicate").asBoolean(false))
                .containsExactly(false, true, true, false);
        assertThat(answers.at("/1/eventId").asString()).isEqualTo(first);
        assertThat(answers.at("/2/eventId")).isEqualTo(answers.at("/0/eventId"));
        assertThat(answers.at("/3/eventId")).isNotEqualTo(answers.at("/0/eventId"));
        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void afterTheWindowAndWithoutTheSettingAnEventIsKeptAgain() {
        subscribe();
        String before = eventId(emit("1", "/shop")).orElseThrow();
        String without = eventId(emit("1", "/shop")).orElseThrow();
        settings("{\"keep\":\"matched\",\"deduplicate\":\"PT10M\"}");
        String first = eventId(emit("1", "/shop")).orElseThrow();
        letTheWindowPass();
        String second = eventId(emit("1", "/shop")).orElseThrow();
        String third = eventId(emit("1", "/shop")).orElseThrow();
        letTheWindowPass();
        seen.forget();
        int remembered = remembered();
        settings("{\"keep\":\"matched\"}");
        emit("1", "/shop");

        assertThat(List.of(before, without, first, second)).doesNotHaveDuplicates();
        assertThat(third).isEqualTo(second);
        assertThat(remembered).isZero();
        assertThat(remembered()).isZero();
        assertThat(kept()).isEqualTo(5);
    }

    @Test
    void whatMatchedNothingIsNotRemembered() {
        settings("{\"keep\":\"matched\",\"deduplicate\":\"PT10M\"}");
        emit("1", "/shop");
        subscribe();

        HttpResponse<String> again = emit("1", "/shop");

        assertThat(again.headers().firstValue("Dispatch-Duplicate")).isEmpty();
        assertThat(eventId(again)).isPresent();
    }

    @Test
    void replicasThatGetTheSameAtTheSameTimeKeepItOnce() {
        subscribe();
        settings("{\"keep\":\"matched\",\"deduplicate\":\"PT10M\"}");
        int events = 200;
        List<Request> requests = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int replica = 0; replica < 3; replica++) {
                boolean backwards = replica == 0;
                List<Request> own = IntStream.range(0, events)
                        .map(i -> backwards ? events - 1 - i : i)
                        .mapToObj(i -> request("e" + i))
                        .toList();
                requests.addAll(own);
                threads.execute(() -> {
                    GroupAppend append = new GroupAppend(log, matching, keeping, deduplication);
                    for (int from = 0; from < events; from += 10) {
                        append.append(own.subList(from, from + 10));
                    }
                });
            }
        }

        Map<String, List<Acceptance>> byEvent = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> request.events().getFirst().id(),
                        Collectors.mapping(request -> request.outcome().join().getFirst(), Collectors.toList())));
        assertThat(kept()).isEqualTo(events);
        assertThat(byEvent).hasSize(events).allSatisfy((_, acceptances) -> {
            assertThat(acceptances)
                    .extracting(Acceptance::position)
                    .hasSize(3)
                    .containsOnly(acceptances.getFirst().position());
            assertThat(acceptances).filteredOn(Acceptance::duplicate).hasSize(2);
        });
    }

    @Test
    void theSettingIsReadBackAsItWasSaid() {
        HttpResponse<String> set = settings("{\"keep\":\"all\",\"deduplicate\":\"PT600S\"}");
        HttpResponse<String> same = settings("{\"keep\":\"all\",\"deduplicate\":\"PT600S\"}");
        HttpResponse<String> off = settings("{\"keep\":\"all\"}");

        assertThat(set.body()).isEqualTo("{\"deduplicate\":\"PT600S\",\"keep\":\"all\"}");
        assertThat(same.headers().firstValue("ETag")).isEqualTo(set.headers().firstValue("ETag"));
        assertThat(off.body()).isEqualTo("{\"keep\":\"all\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten minutes", "PT0.9S", "PT24H0.1S", "-PT10M", "P1M", "PT1H\\u0000"})
    void aWindowThatIsNoneIsRefused(String window) {
        HttpResponse<String> refused = settings("{\"keep\":\"all\",\"deduplicate\":\"%s\"}".formatted(window));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body())
                .contains("deduplicate in body must be an ISO 8601 duration of PT1S to PT24H, but was");
        assertThat(get(organization, "/v1/event/log").body()).isEqualTo("{\"keep\":\"matched\"}");
    }

    private Request request(String id) {
        byte[] event = event(id, "/shop").getBytes(UTF_8);
        return Request.of(organization, EmissionReader.readJson(true, event).events());
    }

    private void letTheWindowPass() {
        jdbc.sql("UPDATE event_manager.seen_event SET until = now() - interval '1 second' WHERE organization = ?")
                .param(organization)
                .update();
    }

    private int remembered() {
        return count("SELECT count(*) FROM event_manager.seen_event WHERE organization = ?");
    }

    private int kept() {
        return count("SELECT count(*) FROM event_log.event WHERE organization = ?");
    }

    private int count(String sql) {
        return jdbc.sql(sql).param(organization).query(Integer.class).single();
    }

    private JsonNode json(String path) {
        return JsonMapper.shared().readTree(get(organization, path).body());
    }

    private static Optional<String> eventId(HttpResponse<String> answer) {
        return answer.headers().firstValue("Dispatch-Event-Id");
    }

    private HttpResponse<String> settings(String body) {
        return send(request(organization, "/v1/event/log")
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofString(body)));
    }

    private void subscribe() {
        assertThat(postJson(
                                organization,
                                "/v1/event/subscriptions",
                                "{\"eventType\":\"order.paid\",\"function\":\"f\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    private static String event(String id, String source) {
        return "{\"specversion\":\"1.0\",\"type\":\"order.paid\",\"source\":\"%s\",\"id\":\"%s\"}"
                .formatted(source, id);
    }

    private HttpResponse<String> emit(String id, String source) {
        return post(
                organization, "/v1/event", Map.of("Content-Type", "application/cloudevents+json"), event(id, source));
    }
}
