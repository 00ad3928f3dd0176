package io.dispatch.eventmanager.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.GatheredEmits;
import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.dispatch.contracts.event.GatheredEmits.Emit;
import io.dispatch.eventmanager.RunningService;
import io.dispatch.testing.TestCaller;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GatheredEmitIT extends RunningService {
    private static final Map<String, String> STRUCTURED = Map.of("content-type", "application/cloudevents+json");

    @Test
    void eachEmitIsAnsweredForItselfAndInItsOrganization() throws Exception {
        String organization = "gathered-" + UUID.randomUUID();
        postJson(organization, "/v1/event/subscriptions", "{\"eventType\":\"t\",\"function\":\"f\"}");

        HttpResponse<byte[]> response = post(
                "gateway",
                GatheredEmits.encodeEmits(List.of(
                        emit(organization, "1"),
                        emit("other-" + organization, "2"),
                        emit(organization, ""),
                        emit(organization, "4"))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(GatheredEmits.MEDIA_TYPE);
        List<Answer> answers = GatheredEmits.decodeAnswers(response.body());
        assertThat(answers).extracting(Answer::status).containsExactly(202, 202, 400, 202);
        assertThat(answers)
                .extracting(answer -> answer.headers().get("dispatch-matched"))
                .containsExactly("1", "0", null, "1");
        assertThat(answers.get(2).body()).asString(UTF_8).contains("id in body must not be empty");
        assertThat(answers.get(3).headers()).containsKey("dispatch-event-id");
    }

    @Test
    void nobodyButTheGatewayEmitsForOthers() throws Exception {
        HttpResponse<byte[]> response = post("acme/tester", GatheredEmits.encodeEmits(List.of(emit("other", "1"))));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsNotFramedIsRefused() throws Exception {
        assertThat(post("gateway", new byte[] {0, 9}).statusCode()).isEqualTo(400);
    }

    private HttpResponse<byte[]> post(String subject, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/emits"))
                .header("Authorization", "Bearer " + TestCaller.tokenOf(subject, "event-manager", "acme"))
                .header("Content-Type", GatheredEmits.MEDIA_TYPE)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofByteArray());
        }
    }

    private static Emit emit(String organization, String id) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/s\",\"type\":\"t\"}".formatted(id);
        return new Emit(organization, organization + "/tester", STRUCTURED, event.getBytes(UTF_8));
    }
}
