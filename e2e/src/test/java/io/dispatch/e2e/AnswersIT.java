package io.dispatch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What functions answer becomes events, which other functions are called with. */
@ExtendWith(SharedProduct.class)
class AnswersIT {

    private static Product product;

    @BeforeAll
    static void start(Product shared) {
        product = shared;
    }

    @Test
    void aCircleEndsAsADeadLetterThatLeadsBackToItsBegin() throws Exception {
        try (RecordingFunction turning = new RecordingFunction()) {
            turning.answersEvents("circle.turn");
            create("turning", turning, "circle.turn");

            String first = emit("begin", "circle.turn")
                    .headers()
                    .firstValue("Dispatch-Event-Id")
                    .orElseThrow();
            JsonNode letter = await("the dead letter")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> product.read("/v1/deadletters?function=turning")
                                    .path(0),
                            found -> !found.isMissingNode());

            assertThat(letter.at("/reason").asString()).contains("dispatchhops must not exceed 8");
            assertThat(turning.calls()).hasSize(9);
            String eventId = letter.at("/event/eventId").asString();
            for (int hops = 8; hops > 0; hops--) {
                JsonNode event = product.read("/v1/event/events/" + eventId).get("event");
                assertThat(event.at("/dispatchhops").asInt()).isEqualTo(hops);
                JsonNode run = product.read("/v1/runs/" + event.get("id").asString());
                assertThat(run.at("/status").asString()).isEqualTo("READY");
                eventId = event.get("dispatchcause").asString();
            }
            assertThat(eventId).isEqualTo(first);
        }
    }

    @Test
    void eachQuestionIsAnsweredByOneEventWhateverIsKilled() throws Exception {
        int questions = 300;
        send("PUT", "/v1/event/log", "application/json", "{\"keep\":\"matched\",\"deduplicate\":\"PT10M\"}");
        try (RecordingFunction answering = new RecordingFunction();
                RecordingFunction reading = new RecordingFunction()) {
            answering.answersEvents("answer");
            create("answering", answering, "question");
            create("reading", reading, "answer");

            for (int i = 0; i < questions; i++) {
                if (i == 100) {
                    product.kill("event-manager-app.jar");
                }
                if (i == 200) {
                    product.kill("function-invoker-app.jar");
                }
                emit("q" + i, "question");
            }
            await("all answers to be read")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> reading.ids().size() >= questions);

            List<String> answered = new ArrayList<>();
            Set<String> causes = new HashSet<>();
            for (JsonNode answer : product.read("/v1/event/events?type=answer&limit=1000")) {
                answered.add(answer.at("/event/id").asString());
                causes.add(answer.at("/event/dispatchcause").asString());
            }
            assertThat(product.read("/v1/event/events?type=question&limit=1000"))
                    .hasSize(questions);
            assertThat(answered).hasSize(questions).doesNotHaveDuplicates();
            assertThat(causes).hasSize(questions);
        }
    }

    private static void create(String name, RecordingFunction function, String type) throws Exception {
        product.create("/v1/function", "{\"name\":\"%s\",\"endpoint\":\"%s\"}".formatted(name, function.url()));
        product.create("/v1/event/subscriptions", "{\"eventType\":\"%s\",\"function\":\"%s\"}".formatted(type, name));
    }

    /** Emits until it is accepted, as a sender does that must not lose anything. */
    private static HttpResponse<String> emit(String id, String type) {
        return await("an answer to the emit")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> send(
                                "POST",
                                "/v1/event",
                                "application/cloudevents+json",
                                "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/e2e\",\"type\":\"%s\"}"
                                        .formatted(id, type)),
                        answer -> answer.statusCode() == 202);
    }

    private static HttpResponse<String> send(String method, String path, String mediaType, String body)
            throws IOException, InterruptedException {
        return product.send(
                product.request(path).header("Content-Type", mediaType).method(method, BodyPublishers.ofString(body)));
    }
}
