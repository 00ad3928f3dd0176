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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

class ConcurrencyIT extends DeliveryStory {

    @Autowired
    PublishedSchema schema;

    @Test
    void aFunctionThatTakesItsTimeIsGivenMoreAtOnceWhileEventsWait() {
        var running = new AtomicInteger();
        var highest = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        function.answers(_ -> {
            highest.accumulateAndGet(running.incrementAndGet(), Math::max);
            await50Millis(never);
            running.decrementAndGet();
            return Reply.of(200, "");
        });
        long subscription = subscribed("fifty-millis");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.addAll(append(organization, i + "-", 500, subscription));
        }
        DeliveryLoops loops = node(settings(), Clock.systemUTC()).loops(schema);

        loops.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> function.received().size() >= sent.size());
        } finally {
            loops.stop();
        }

        assertThat(highest.get()).as("calls at once").isGreaterThan(100);
        assertThat(function.eventIds()).containsExactlyInAnyOrderElementsOf(sent);
    }

    private static void await50Millis(CountDownLatch never) {
        try {
            var _ = never.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As they are when nothing is set. */
    private static DeliverySettings settings() {
        return new DeliverySettings(
                Duration.ofSeconds(5),
                8_192,
                DataSize.ofMegabytes(16),
                Duration.ofSeconds(5),
                32,
                512,
                1_000,
                4_096,
                Duration.ofMillis(20),
                1_000,
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                25,
                Duration.ofHours(24),
                Duration.ofMillis(200),
                Duration.ofMinutes(10));
    }
}
