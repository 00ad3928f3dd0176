package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.FakeFunction;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeliveryIT extends DeliveryStory {

    @Test
    void anEventReachesTheFunctionAndLeavesARun() {
        long subscription = subscribed("greet");
        Node node = node();
        function.answers(_ -> Reply.of(200, "{\"hello\":\"world\"}"));
        append(organization, "e1", subscription);

        node.turn();

        assertThat(function.received()).singleElement().satisfies(call -> {
            assertThat(call.header("ce-id")).isEqualTo("e1");
            assertThat(call.header("ce-source")).isEqualTo("/test");
            assertThat(call.header("ce-type")).isEqualTo("test.event");
            assertThat(call.header("ce-specversion")).isEqualTo("1.0");
            assertThat(call.header("content-type")).isEqualTo("application/json");
            assertThat(call.header("dispatch-attempt")).isEqualTo("1");
            assertThat(call.header("idempotency-key")).hasSize(36);
            assertThat(call.body()).isEqualTo("{\"id\":\"e1\"}");
        });
        JsonNode run = runs().get(0);
        assertThat(run.get("functionName").asString()).isEqualTo("greet");
        assertThat(run.get("status").asString()).isEqualTo("READY");
        assertThat(run.get("input").toString()).isEqualTo("{\"id\":\"e1\"}");
        assertThat(run.get("output").toString()).isEqualTo("{\"hello\":\"world\"}");
        assertThat(run.get("event").get("eventID").asString()).isEqualTo("e1");
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void aCallThatFailsIsRepeatedWhenItsTimeHasComeAndNotBefore() {
        long subscription = subscribed("flaky");
        Node node = node();
        AtomicInteger calls = new AtomicInteger();
        function.answers(_ -> Reply.of(calls.incrementAndGet() < 3 ? 503 : 200, ""));
        append(organization, "e1", subscription);

        node.turn();
        assertThat(deliveryRows()).isOne();
        node.turn();
        assertThat(calls).hasValue(1);
        clock.pass(Duration.ofMillis(240));
        node.turn();
        assertThat(calls).hasValue(2);
        clock.pass(Duration.ofMillis(480));
        node.turn();

        assertThat(function.received().stream().map(call -> call.header("dispatch-attempt")))
                .containsExactly("1", "2", "3");
        assertThat(function.received().stream()
                        .map(call -> call.header("idempotency-key"))
                        .distinct())
                .hasSize(1);
        assertThat(runs())
                .extracting(run -> run.get("status").asString())
                .containsExactlyInAnyOrder("ERROR", "ERROR", "READY");
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void anAnswerThatSpeaksOfTheEventMakesADeadLetterAtOnce() {
        long subscription = subscribed("strict");
        Node node = node();
        function.answers(_ -> Reply.of(422, "{\"why\":\"no\"}"));
        append(organization, "e1", subscription);

        node.turn();

        Map<String, @Nullable Object> dead = deadLetters().getFirst();
        assertThat(dead)
                .containsEntry("reason", "the function answered status 422")
                .containsEntry("attempts", 1)
                .containsEntry("answer_status", 422)
                .containsEntry("answer", "{\"why\":\"no\"}")
                .containsEntry("function", "strict")
                .containsEntry("id", "e1")
                .containsEntry("data", "{\"id\":\"e1\"}".getBytes(StandardCharsets.UTF_8));
        clock.pass(Duration.ofDays(1));
        node.turn();
        assertThat(function.received()).hasSize(1);
    }

    @Test
    void theLastAttemptThatFailsMakesADeadLetter() {
        long subscription = subscribed("broken");
        Node node = node();
        function.answers(500);
        append(organization, "e1", subscription);

        for (int i = 0; i < 6; i++) {
            node.turn();
            clock.pass(Duration.ofMinutes(12));
        }

        assertThat(function.received()).hasSize(4);
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead)
                        .containsEntry("reason", "the function answered status 500; that was attempt 4 of 4"));
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void aFunctionThatDoesNotExistIsWaitedFor() {
        long subscription = subscribe(organization, "later");
        Node node = node();
        append(organization, "e1", subscription);

        node.turn();
        assertThat(runs().get(0).get("error").get("message").asString()).isEqualTo("function later not found");
        api().createFunction("later", function.url(), "");
        clock.pass(Duration.ofMillis(240));
        node.turn();

        assertThat(function.eventIds()).containsExactly("e1");
    }

    @Test
    void whatIsOwedToADeletedSubscriptionEndsAsDead() {
        long subscription = subscribed("gone");
        Node node = node();
        function.answers(503);
        append(organization, "e1", subscription);
        node.turn();

        unsubscribe(subscription);
        node.turn();

        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead)
                        .containsEntry("reason", "subscription deleted")
                        .containsEntry("attempts", 1));
        assertThat(function.received()).hasSize(1);
    }

    @Test
    void aFunctionThatHangsDelaysNoOther() {
        CountDownLatch end = new CountDownLatch(1);
        long hanging = subscribed("hanging");
        Node node = node();
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        try (FakeFunction fast = new FakeFunction()) {
            api().createFunction("fast", fast.url(), "");
            long quick = subscribe(organization, "fast");
            append(organization, "h", 50, hanging);
            List<String> expected = append(organization, "f", 20, quick);

            node.engine.leases.turn();
            await().until(() -> {
                node.read();
                node.settle();
                return fast.eventIds().size() == 20;
            });

            assertThat(fast.eventIds()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(function.received()).hasSize(Node.SETTINGS.laneConcurrency());
            await().untilAsserted(() -> {
                node.settle();
                assertThat(deliveryRows()).isEqualTo(50);
            });
            end.countDown();
        }
    }
}
