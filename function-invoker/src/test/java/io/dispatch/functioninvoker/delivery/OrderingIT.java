package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderingIT extends DeliveryStory {

    private static final String BY_KEY = "{'ordering':'key','concurrency':8,'maxAttempts':50}";

    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    @Test
    void eventsOfOneKeyAreCalledOneAfterTheOtherAndInOrder() {
        long subscription = subscribed("orderly");
        deliver(subscription, BY_KEY, "active");
        Node node = node();
        function.answers(_ -> {
            pauseAtRandom();
            return Reply.of(200, "");
        });
        List<String> a = appendKeyed(organization, "a", 6, "A", subscription);
        List<String> b = appendKeyed(organization, "b", 6, "B", subscription);

        node.turnUntil(() -> runs().size() == 12);

        assertThat(called("a")).isEqualTo(a);
        assertThat(called("b")).isEqualTo(b);
    }

    @Test
    void anEventThatFailsParksItsOwnKeyOnly() {
        long subscription = subscribed("parking");
        deliver(subscription, BY_KEY, "active");
        Node node = node();
        answerFailing();
        failing.add("a0");
        appendKeyed(organization, "a", 5, "A", subscription);
        List<String> b = appendKeyed(organization, "b", 5, "B", subscription);

        node.turnUntil(() -> called("b").equals(b) && parked(subscription) == 4);
        assertThat(called("a")).containsExactly("a0");
        assertThat(ledgerStates(subscription)).containsExactly("due", "parked", "parked", "parked", "parked");
        List<String> later = appendKeyed(organization, "later", 2, "A", subscription);
        node.turnUntil(() -> parked(subscription) == 6);
        assertThat(called("later")).isEmpty();

        failing.clear();
        clock.pass(Duration.ofMillis(240));
        node.turnUntil(() -> deliveryRows() == 0);

        assertThat(called("a"))
                .startsWith("a0", "a0")
                .endsWith("a1", "a2", "a3", "a4")
                .hasSize(6);
        assertThat(called("later")).isEqualTo(later);
        assertThat(function.eventIds().indexOf("later0"))
                .isGreaterThan(function.eventIds().indexOf("a4"));
    }

    @Test
    void anEventThatDiesLetsTheNextOfItsKeyGoOn() {
        long subscription = subscribed("dying");
        deliver(subscription, BY_KEY, "active");
        Node node = node();
        function.answers(call -> Reply.of(call.eventId().equals("a1") ? 422 : 200, ""));
        List<String> a = appendKeyed(organization, "a", 4, "A", subscription);

        node.turnUntil(() -> called("a").size() == 4);

        assertThat(called("a")).isEqualTo(a);
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void aNewOwnerKnowsWhatWasHeldBeforeItReadsOn() {
        long subscription = subscribed("inherited");
        deliver(subscription, BY_KEY, "active");
        Node old = node();
        answerFailing();
        failing.add("a0");
        List<String> all = new ArrayList<>(appendKeyed(organization, "a", 3, "A", subscription));
        old.turnUntil(() -> parked(subscription) == 2);
        all.addAll(appendKeyed(organization, "b", 2, "A", subscription));
        old.kill();

        Node next = node();
        next.turn();
        assertThat(function.eventIds()).containsOnly("a0");
        failing.clear();
        clock.pass(Duration.ofMinutes(10));
        next.turnUntil(() -> deliveryRows() == 0 && function.eventIds().contains("b1"));

        assertThat(firstCalls()).isEqualTo(all);
    }

    @Test
    void aKillBetweenACallAndItsSettlementKeepsTheOrder() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("cut-off");
        deliver(subscription, BY_KEY, "active");
        Node old = node();
        function.answers(call -> {
            if (call.eventId().equals("a0")) {
                awaitEnd(end);
            }
            return Reply.of(200, "");
        });
        List<String> all = appendKeyed(organization, "a", 8, "A", subscription);
        old.read();
        await().until(() -> function.received().size() == 1);
        await().untilAsserted(() -> {
            old.settle();
            assertThat(parked(subscription)).isEqualTo(7);
        });

        old.kill();
        end.countDown();
        old.awaitCalls();
        Node next = node();
        next.turnUntil(() -> deliveryRows() == 0 && runs().size() == 8);

        assertThat(firstCalls()).isEqualTo(all);
    }

    @Test
    void withoutTheSettingOneKeyDelaysNothing() {
        long subscription = subscribed("unordered");
        Node node = node();
        answerFailing();
        failing.add("a0");
        appendKeyed(organization, "a", 4, "A", subscription);

        node.turnUntil(() -> function.eventIds().containsAll(List.of("a1", "a2", "a3")));

        assertThat(parked(subscription)).isZero();
    }

    @Test
    void whatIsParkedEndsWithItsSubscription() {
        long subscription = subscribed("parked-and-gone");
        deliver(subscription, BY_KEY, "active");
        Node node = node();
        answerFailing();
        failing.add("a0");
        appendKeyed(organization, "a", 5, "A", subscription);
        node.turnUntil(() -> parked(subscription) == 4);

        unsubscribe(subscription);
        node.turnUntil(() -> deadLetters().size() == 5);

        assertThat(deliveryRows()).isZero();
        assertThat(deadLetters()).allSatisfy(dead -> assertThat(dead).containsEntry("reason", "subscription deleted"));
    }

    @Test
    void whatIsParkedGoesOnInOrderWhenTheSettingIsTakenBack() {
        long subscription = subscribed("taken-back");
        deliver(subscription, BY_KEY, "active");
        Node node = node();
        answerFailing();
        failing.add("a0");
        List<String> a = appendKeyed(organization, "a", 4, "A", subscription);
        node.turnUntil(() -> parked(subscription) == 3);

        deliver(subscription, "{}", "active");
        failing.clear();
        clock.pass(Duration.ofMillis(240));
        node.turnUntil(() -> deliveryRows() == 0);

        assertThat(firstCalls()).isEqualTo(a);
    }

    private void answerFailing() {
        function.answers(call -> Reply.of(failing.contains(call.eventId()) ? 503 : 200, ""));
    }

    private List<String> called(String prefix) {
        return function.eventIds().stream().filter(id -> id.startsWith(prefix)).toList();
    }

    private List<String> firstCalls() {
        return function.eventIds().stream().distinct().toList();
    }

    private List<String> ledgerStates(long subscription) {
        return jdbc
                .sql(
                        "select partition, \"offset\" from function_invoker.delivery where subscription = ? order by \"offset\"")
                .param(subscription)
                .query((row, _) -> EventId.of(new Position(row.getInt(1), row.getLong(2))))
                .list()
                .stream()
                .map(event -> api().get("/v1/event/events/" + event).json())
                .map(ledger -> ledger.get("deliveries").get(0).get("state").asString())
                .toList();
    }

    private int parked(long subscription) {
        @Nullable
        Integer count = jdbc.sql(
                        "select count(*) from function_invoker.delivery where subscription = ? and due_at = 'infinity'")
                .param(subscription)
                .query(Integer.class)
                .single();
        return count == null ? 0 : count;
    }

    private static void pauseAtRandom() {
        CountDownLatch never = new CountDownLatch(1);
        try {
            boolean ended = never.await(ThreadLocalRandom.current().nextInt(10), TimeUnit.MILLISECONDS);
            assertThat(ended).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
