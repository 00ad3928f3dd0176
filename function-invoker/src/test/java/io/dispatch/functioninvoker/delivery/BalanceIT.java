package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dispatch.database.PublishedSchema;
import io.dispatch.functioninvoker.FakeFunction.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

class BalanceIT extends DeliveryStory {

    @Autowired
    PublishedSchema schema;

    @Test
    void partitionsMoveToWhoeverJoinsWithoutACallTooManyWhileEventsFlow() {
        long subscription = subscribed("flow");
        List<String> sent = new ArrayList<>();
        Node first = node(quick(), Clock.systemUTC());
        DeliveryLoops firstLoops = first.loops(schema);
        Node second = node(quick(), Clock.systemUTC());
        DeliveryLoops secondLoops = second.loops(schema);
        try {
            firstLoops.start();
            await().until(() -> held(first) == 4);

            secondLoops.start();
            await().until(() -> {
                sent.addAll(append(organization, "joining-%d-".formatted(sent.size()), 25, subscription));
                return held(first) == 2 && held(second) == 2;
            });
            sent.addAll(append(organization, "both-", 25, subscription));
            await().until(() -> function.received().size() >= sent.size());

            secondLoops.stop();
            await().until(() -> {
                sent.addAll(append(organization, "leaving-%d-".formatted(sent.size()), 25, subscription));
                return held(first) == 4;
            });
            await().until(() -> function.received().size() >= sent.size());
        } finally {
            firstLoops.stop();
            secondLoops.stop();
        }

        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void whatRunsMayEndBeforeAPartitionIsLetGo() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("in-flight");
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        Node old = node(patient());
        List<String> sent = append4("e", subscription);
        old.read();
        await().until(() -> function.received().size() == 4);

        Node next = node(patient());
        next.read();
        old.read();
        sent.addAll(append4("f", subscription));
        old.read();
        next.read();
        assertThat(held(old)).isEqualTo(4);
        assertThat(function.received().size())
                .as("those of two partitions wait")
                .isEqualTo(6);
        end.countDown();
        await().until(() -> {
            old.turn();
            next.turn();
            return held(next) == 2 && function.received().size() >= sent.size();
        });
        old.turn();
        next.turn();

        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(runs()).hasSize(sent.size());
    }

    @Test
    void aCallThatTakesTooLongKeepsNoPartitionFromMovingAndWhatItOwesIsOwedStill() {
        CountDownLatch end = new CountDownLatch(1);
        long subscription = subscribed("hanging");
        function.answers(_ -> {
            awaitEnd(end);
            return Reply.of(200, "");
        });
        Node old = node(impatient());
        append4("e", subscription);
        old.read();
        await().until(() -> function.received().size() == 4);

        Node next = node(impatient());
        next.read();
        await().until(() -> {
            old.read();
            next.read();
            return held(next) == 2;
        });
        await().until(() -> function.received().size() == 6);
        end.countDown();
        old.turn();
        next.turn();

        assertThat(runs()).as("each is written down once").hasSize(4);
        assertThat(deliveryRows()).isZero();
    }

    @Test
    void threeOwnersShareFourPartitionsAndNothingMovesAnyMoreUntilOneDies() {
        Node a = node();
        Node b = node();
        Node c = node();
        a.read();
        await().until(() -> {
            b.read();
            c.read();
            a.read();
            return List.of(held(a), held(b), held(c)).equals(List.of(2, 1, 1));
        });
        List<@Nullable Long> epochs = epochs();
        for (int i = 0; i < 5; i++) {
            c.read();
            a.read();
            b.read();
        }
        assertThat(epochs()).isEqualTo(epochs);

        a.kill();
        c.read();
        b.read();

        assertThat(List.of(held(b), held(c))).containsExactly(2, 2);
        b.kill();
        c.read();
        assertThat(held(c)).isEqualTo(4);
    }

    @Test
    void whoIsFrozenBeyondItsLeaseCountsNoMoreAndIsTakenBackWhenItWakes() {
        long subscription = subscribed("frozen");
        Node frozen = node(quick());
        Node other = node(quick());
        frozen.read();
        await().until(() -> {
            other.read();
            frozen.read();
            return held(frozen) == 2 && held(other) == 2;
        });

        other.turn();
        assertThat(held(other)).as("within the lease").isEqualTo(2);
        await().until(() -> {
            other.turn();
            return held(other) == 4;
        });
        List<String> sent = append4("e", subscription);
        frozen.engine.log.turn(); // it wakes, and does not know yet
        other.turn();
        await().until(() -> {
            frozen.turn();
            other.turn();
            return held(frozen) == 2 && held(other) == 2;
        });

        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(runs()).hasSize(4);
    }

    /** One event in each partition, as each group goes to the next. */
    private List<String> append4(String prefix, long subscription) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(prefix + i);
            append(organization, prefix + i, subscription);
        }
        return ids;
    }

    private int held(Node node) {
        return jdbc.sql("select count(*) from function_invoker.partition where owner = ?")
                .param(node.owner.number())
                .query(Integer.class)
                .single();
    }

    private List<@Nullable Long> epochs() {
        return jdbc.sql("select epoch from function_invoker.partition order by number")
                .query(Long.class)
                .list();
    }

    private static DeliverySettings quick() {
        return settings(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private static DeliverySettings patient() {
        return settings(Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    private static DeliverySettings impatient() {
        return settings(Duration.ofSeconds(60), Duration.ofMillis(200));
    }

    private static DeliverySettings settings(Duration lease, Duration stopTimeout) {
        return new DeliverySettings(
                lease,
                1_000,
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(1),
                16,
                16,
                0,
                1_000,
                Duration.ofMillis(5),
                1_000,
                Duration.ofMillis(10),
                stopTimeout,
                4,
                Duration.ofHours(24),
                Duration.ofMillis(200),
                Duration.ofMinutes(10));
    }
}
