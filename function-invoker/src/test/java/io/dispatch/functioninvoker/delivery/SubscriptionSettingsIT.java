package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriptionSettingsIT extends DeliveryStory {

    @Test
    void aSubscriptionsOwnAttemptsAndBackoffHold() {
        long subscription = subscribed("impatient");
        deliver(subscription, "{'maxAttempts':2,'minBackoff':'PT5S','maxBackoff':'PT5S'}", "active");
        Node node = node();
        function.answers(503);
        append(organization, "e1", subscription);

        node.turn();
        clock.pass(Duration.ofMillis(3_900));
        node.turn();
        assertThat(function.received()).hasSize(1);
        clock.pass(Duration.ofMillis(2_200));
        node.turn();

        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead)
                        .containsEntry("reason", "the function answered status 503; that was attempt 2 of 2"));
    }

    @Test
    void aChangeActsFromTheNextAttemptOn() {
        long subscription = subscribed("changing");
        deliver(subscription, "{'maxAttempts':10}", "active");
        Node node = node();
        function.answers(503);
        append(organization, "e1", subscription);
        node.turn();

        deliver(subscription, "{'maxAttempts':2}", "active");
        clock.pass(Duration.ofMillis(240));
        node.turn();

        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead).containsEntry("attempts", 2));
    }

    @Test
    void aDeliveryIsGivenUpWhenItIsTooOld() {
        long subscription = subscribed("aged");
        deliver(subscription, "{'maxAge':'PT10S','minBackoff':'PT6S','maxBackoff':'PT6S'}", "active");
        Node node = node();
        function.answers(503);
        append(organization, "e1", subscription);

        node.turn();
        clock.pass(Duration.ofMillis(7_200));
        node.turn();

        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead)
                        .containsEntry("attempts", 2)
                        .containsEntry(
                                "reason",
                                "the function answered status 503; the next attempt would begin more than PT10S after the"
                                        + " first"));
    }

    @Test
    void theSmallerTimeoutWins() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("sluggish");
        deliver(subscription, "{'timeout':'PT0.2S'}", "active");
        Node node = node();
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        append(organization, "e1", subscription);

        node.turn();
        end.countDown();

        assertThat(runs().get(0).get("error").get("message").asString()).contains("no whole answer within 200 ms");
    }

    @Test
    void noMoreCallsAreMadeAtOnceThanASubscriptionWants() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("narrow");
        deliver(subscription, "{'concurrency':1}", "active");
        Node node = node();
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        append(organization, "e", 3, subscription);
        node.read();
        await().until(() -> function.received().size() == 1);
        assertThat(node.engine.lanes.calls()).isOne();

        deliver(subscription, "{'concurrency':3}", "active");
        node.read();
        await().until(() -> function.received().size() == 3);

        end.countDown();
        node.turn();
        assertThat(runs()).hasSize(3);
    }

    @Test
    void callsBeginNoFasterThanTheRate() {
        long subscription = subscribed("paced");
        deliver(subscription, "{'rate':2}", "active");
        Node node = node();
        List<String> all = append(organization, "e", 6, subscription);

        node.turn();
        assertThat(function.received()).hasSize(1);
        node.turn();
        assertThat(function.received()).hasSize(1);
        for (int calls = 2; calls <= 6; calls++) {
            clock.pass(Duration.ofMillis(500));
            node.turn();
            assertThat(function.received()).hasSize(calls);
        }

        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aPausedSubscriptionIsNotCalledAndLosesNothing() {
        long subscription = subscribed("paused");
        deliver(subscription, "{}", "paused");
        Node node = node();
        List<String> all = append(organization, "e", 12, subscription);

        node.turn();
        clock.pass(Duration.ofDays(2));
        node.turn();
        await().untilAsserted(() -> {
            node.settle();
            assertThat(deliveryRows()).isEqualTo(12);
        });
        node.turn();
        assertThat(function.received()).isEmpty();
        node.kill();
        Node next = node();
        next.turn();
        assertThat(function.received()).isEmpty();

        deliver(subscription, "{}", "active");
        next.turnUntil(() -> deliveryRows() == 0);

        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aPauseInTheMiddleLetsCallsInFlightEndAndRetriesWait() {
        long subscription = subscribed("halted");
        Node node = node();
        function.answers(503);
        append(organization, "e1", subscription);
        node.turn();

        deliver(subscription, "{}", "paused");
        clock.pass(Duration.ofMinutes(1));
        node.turn();
        assertThat(function.received()).hasSize(1);
        function.answers(200);
        deliver(subscription, "{}", "active");
        node.turn();

        assertThat(function.received()).hasSize(2);
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void whatAPausedSubscriptionIsOwedEndsWhenItIsDeleted() {
        long subscription = subscribed("paused-and-gone");
        deliver(subscription, "{}", "paused");
        Node node = node();
        append(organization, "e", 6, subscription);
        node.turn();

        unsubscribe(subscription);
        node.turnUntil(() -> deadLetters().size() == 6);

        assertThat(deadLetters()).allSatisfy(dead -> assertThat(dead).containsEntry("reason", "subscription deleted"));
        assertThat(function.received()).isEmpty();
    }

    @Test
    void aFunctionThatFailsEverythingIsLeftAloneUntilAProbeSucceeds() {
        long subscription = subscribed("down");
        deliver(subscription, "{'maxAttempts':2,'concurrency':32}", "active");
        Node node = node();
        function.answers(503);
        append(organization, "a", 20, subscription);
        node.turn();
        assertThat(function.received()).hasSize(20);
        List<String> later = append(organization, "b", 5, subscription);

        for (int second = 0; second < 60; second++) {
            node.turn();
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(function.received()).hasSizeBetween(24, 27);
        assertThat(deadLetters()).isEmpty();
        function.answers(200);
        clock.pass(Duration.ofSeconds(30));
        node.turnUntil(() -> deliveryRows() == 0 && function.eventIds().containsAll(later));
        assertThat(deadLetters()).isEmpty();
        List<String> succeeded = IntStream.range(0, runs().size())
                .mapToObj(i -> runs().get(i))
                .filter(run -> run.get("status").asString().equals("READY"))
                .map(run -> run.get("event").get("eventID").asString())
                .toList();
        assertThat(succeeded).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void aBadAnswerToAProbeCountsNoAttemptAndSaysWhy() {
        long subscription = subscribed("probed");
        deliver(subscription, "{'concurrency':32}", "active");
        Node node = node();
        function.answers(503);
        append(organization, "a", 20, subscription);
        node.turn();
        clock.pass(Duration.ofSeconds(2));

        node.turn();

        assertThat(function.received()).hasSize(21);
        assertThat(runs()).hasSize(20);
        assertThat(jdbc.sql("select reason from function_invoker.delivery where subscription = ? and attempts = 1")
                        .param(subscription)
                        .query(String.class)
                        .list())
                .hasSize(20)
                .containsOnlyOnce("the function fails everything, and was probed: the function answered status 503");
    }

    @Test
    void whatAFunctionThatFailsEverythingIsOwedStillEndsOfAge() {
        long subscription = subscribed("down-for-good");
        deliver(subscription, "{'maxAge':'PT60S','concurrency':32}", "active");
        Node node = node();
        function.answers(503);
        append(organization, "a", 20, subscription);
        node.turn();
        append(organization, "b", 5, subscription);
        for (int second = 0; second < 70; second += 5) {
            node.turn();
            clock.pass(Duration.ofSeconds(5));
        }
        await().untilAsserted(() -> {
            node.turn();
            clock.pass(Duration.ofSeconds(5));
            assertThat(deadLetters()).hasSize(25);
        });

        assertThat(deadLetters())
                .allSatisfy(dead -> assertThat((String) dead.get("reason"))
                        .contains("the function fails everything")
                        .endsWith("the next attempt would begin more than PT1M after the first"));
        assertThat(deliveryRows()).isZero();
    }
}
