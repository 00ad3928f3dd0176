package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class TakeoverIT extends DeliveryStory {

    @Test
    void whatTheOldOwnerSettledIsNotCalledAgain() {
        long subscription = subscribed("once");
        Node old = node();
        append(organization, "a", 10, subscription);
        old.turnUntil(() -> runs().size() == 10);

        old.kill();
        List<String> more = append(organization, "b", 5, subscription);
        Node next = node();
        next.turnUntil(() -> runs().size() == 15);

        assertThat(function.eventIds()).hasSize(15).doesNotHaveDuplicates().containsAll(more);
    }

    @Test
    void whatWasCalledAndNotSettledIsCalledAgainAndNothingElse() {
        long subscription = subscribed("twice");
        Node old = node();
        append(organization, "settled", 3, subscription);
        old.turn();
        List<String> unsettled = append(organization, "unsettled", 3, subscription);
        old.read();
        old.awaitCalls();

        old.kill();
        Node next = node();
        next.turn();

        assertThat(function.eventIds()).hasSize(9);
        assertThat(duplicates()).containsExactlyInAnyOrderElementsOf(unsettled);
        assertThat(runs())
                .hasSize(6)
                .allMatch(run -> run.get("status").asString().equals("READY"));
    }

    @Test
    void deliveriesSettledBeyondTheOffsetAreSkipped() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("holes");
        Node old = node(patient());
        function.answers(call -> {
            if (call.eventId().equals("e0")) {
                awaitEnd(end);
            }
            return Reply.of(200, "");
        });
        append(organization, "e", 4, subscription);
        old.read();
        await().until(() -> function.received().size() == 4 && old.engine.lanes.calls() == 1);
        old.settle();

        old.kill();
        Node next = node(patient());
        end.countDown();
        next.turn();

        assertThat(duplicates()).containsExactly("e0");
        assertThat(function.eventIds()).hasSize(5);
        old.awaitCalls();
    }

    @Test
    void anOwnerThatWasFencedWritesNothingAndLetsGo() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("fenced");
        Node old = node();
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        append(organization, "e1", subscription);
        old.read();
        await().until(() -> function.received().size() == 1);

        old.kill();
        Node next = node();
        next.read();
        await().until(() -> function.received().size() == 2);
        end.countDown();
        old.awaitCalls();
        old.settle();
        assertThat(runs()).isEmpty();
        old.settle();
        next.awaitCalls();
        next.settle();

        assertThat(runs()).hasSize(1);
        append(organization, "e2", subscription);
        old.engine.log.turn();
        next.turn();
        assertThat(function.eventIds()).containsExactly("e1", "e1", "e2");
    }

    @Test
    void aLivingOwnersPartitionsAreNotTaken() {
        long subscription = subscribed("mine");
        Node owner = node();
        owner.turn();

        Node other = node();
        append(organization, "e1", subscription);
        other.turn();
        assertThat(function.received()).isEmpty();
        await().until(() -> {
            owner.turn();
            other.turn();
            return runs().size() == 1;
        });

        assertThat(function.eventIds()).containsExactly("e1");
    }

    @Test
    void aStopInGoodOrderLetsTheNextGoOnAtOnceWithoutDuplicates() {
        long subscription = subscribed("handed-over");
        Node old = node();
        List<String> all = new ArrayList<>(append(organization, "a", 5, subscription));
        old.turnUntil(() -> runs().size() == 5);
        old.stop();

        all.addAll(append(organization, "b", 5, subscription));
        Node next = node();
        next.turnUntil(() -> runs().size() == 10);

        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void retriesThatWereWaitingAreKeptByTheNextOwner() {
        long subscription = subscribed("retried");
        function.answers(503);
        append(organization, "e1", subscription);
        Node old = node();
        old.turn();
        old.kill();

        function.answers(200);
        Node next = node();
        next.turn();
        assertThat(function.received()).hasSize(1);
        clock.pass(Duration.ofMillis(240));
        next.turn();

        assertThat(function.received().getLast().header("dispatch-attempt")).isEqualTo("2");
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void whatALaneCannotTakeDrainsInOrder() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("slow");
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        Node node = node(oneAtATime());
        List<String> first = append(organization, "a", 20, subscription);
        node.read();
        node.settle();
        assertThat(deliveryRows()).isGreaterThanOrEqualTo(15);
        List<String> later = append(organization, "b", 5, subscription);
        node.read();
        node.settle();

        end.countDown();
        await().until(() -> {
            node.turn();
            return function.received().size() >= 25 && deliveryRows() == 0;
        });

        List<String> inTurn = new ArrayList<>(first);
        inTurn.addAll(later);
        assertThat(byPartition(function.eventIds())).isEqualTo(byPartition(inTurn));
        append(organization, "c", 1, subscription);
        node.turn();
        assertThat(function.eventIds()).hasSize(26).endsWith("c0");
    }

    /** Every group of events is appended to one partition, within which order is kept. */
    private static List<List<String>> byPartition(List<String> ids) {
        return List.of(
                ids.stream().filter(id -> id.startsWith("a")).toList(),
                ids.stream().filter(id -> id.startsWith("b")).toList());
    }

    private Set<String> duplicates() {
        List<String> ids = function.eventIds();
        Set<String> twice = new TreeSet<>();
        for (String id : ids) {
            if (Collections.frequency(ids, id) > 1) {
                twice.add(id);
            }
        }
        return twice;
    }

    /** Waits long before a call that still runs becomes a row. */
    private static DeliverySettings patient() {
        return settings(4, 100, Duration.ofMinutes(1));
    }

    private static DeliverySettings oneAtATime() {
        return settings(1, 3, Duration.ofMinutes(1));
    }

    private static DeliverySettings settings(int concurrency, int queue, Duration windowAge) {
        return new DeliverySettings(
                Duration.ofSeconds(60),
                100,
                DataSize.ofMegabytes(1),
                windowAge,
                concurrency,
                concurrency,
                0,
                queue,
                Duration.ZERO,
                1_000,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                4,
                Duration.ofHours(24),
                Duration.ofMillis(200),
                Duration.ofMinutes(10));
    }
}
