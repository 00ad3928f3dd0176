package io.dispatch.eventmanager.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.eventmanager.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeepIT extends RunningService {
    private final String organization = "keep-" + UUID.randomUUID();

    @Test
    void whatMatchesNothingIsKeptFromTheAnswerOnThatSaysSo() {
        HttpResponse<String> before = emit("1", "1");
        HttpResponse<String> changed = put("{\"keep\":\"all\"}", Map.of());
        HttpResponse<String> after = emit("2", "1");
        HttpResponse<String> list = get(organization, "/v1/event/events");
        HttpResponse<String> back = put("{\"keep\":\"matched\"}", Map.of());
        HttpResponse<String> last = emit("3", "1");

        assertThat(before.headers().firstValue("Dispatch-Event-Id")).isEmpty();
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("{\"keep\":\"all\"}");
        assertThat(list.headers().firstValue("Dispatch-Log-Keep")).contains("all");
        assertThat(after.headers().firstValue("Dispatch-Matched")).contains("0");
        assertThat(after.headers().firstValue("Dispatch-Event-Id")).isPresent();
        assertThat(back.body()).isEqualTo("{\"keep\":\"matched\"}");
        assertThat(last.headers().firstValue("Dispatch-Event-Id")).isEmpty();
        JsonNode events = JsonMapper.shared()
                .readTree(get(organization, "/v1/event/events").body());
        assertThat(events).extracting(event -> event.at("/event/id").asString()).containsExactly("2");
        assertThat(events.at("/0/matched")).isEmpty();
    }

    @Test
    void matchedIsTheDefaultAndEachChangeHasAVersion() {
        HttpResponse<String> first = get(organization, "/v1/event/log");
        HttpResponse<String> same = put("{\"keep\":\"matched\"}", Map.of("If-Match", "\"0\""));
        HttpResponse<String> changed = put("{\"keep\":\"all\"}", Map.of("If-Match", "\"0\""));
        HttpResponse<String> late = put("{\"keep\":\"matched\"}", Map.of("If-Match", "\"0\""));

        assertThat(first.body()).isEqualTo("{\"keep\":\"matched\"}");
        assertThat(first.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(same.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(changed.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(get(organization, "/v1/event/log").body()).isEqualTo("{\"keep\":\"all\"}");
        assertThat(put("{}", Map.of()).statusCode()).isEqualTo(422);
        assertThat(put("{\"keep\":\"some\"}", Map.of()).statusCode()).isEqualTo(422);
    }

    @Test
    void typesAreLearnedFromAllThatCome() {
        emit("1", "{\"n\":1}");
        emit("2", "\"" + "x".repeat(5000) + "\"");

        JsonNode types = types(organization);
        emit("3", "3");
        JsonNode later = types(organization);

        assertThat(types).hasSize(1);
        assertThat(types.at("/0/type").asString()).isEqualTo("order.paid");
        assertThat(types.at("/0/count").asLong()).isEqualTo(2);
        assertThat(types.at("/0/sources").toString()).isEqualTo("[\"/shop\"]");
        assertThat(types.at("/0/sample/data/n").asInt()).isEqualTo(1);
        assertThat(types.at("/0/rate").asDouble()).isBetween(0.001, 2.0);
        assertThat(Instant.parse(types.at("/0/lastSeen").asString()))
                .isAfterOrEqualTo(Instant.parse(types.at("/0/firstSeen").asString()));
        assertThat(later.at("/0/count").asLong()).isEqualTo(3);
        assertThat(types("other-" + organization)).isEmpty();
    }

    private JsonNode types(String of) {
        return JsonMapper.shared().readTree(get(of, "/v1/event/types").body());
    }

    private HttpResponse<String> put(String body, Map<String, String> headers) {
        var request = request(organization, "/v1/event/log")
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private HttpResponse<String> emit(String id, String data) {
        return post(
                organization,
                "/v1/event",
                Map.of("Content-Type", "application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"type\":\"order.paid\",\"source\":\"/shop\",\"id\":\"%s\",\"data\":%s}"
                        .formatted(id, data));
    }
}
