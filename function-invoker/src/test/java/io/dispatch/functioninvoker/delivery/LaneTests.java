package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.PublishedSubscription.State;
import io.dispatch.functioninvoker.delivery.Settlement.Left;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class LaneTests {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SUBSCRIPTION = 7;
    private static final Terms ORDERED = new Terms(
            State.ACTIVE,
            null,
            0,
            true,
            null,
            new RetryPolicy(Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(1)), 3, Duration.ofHours(1)));

    private final Window window = new Window(0, 1, 0, Set.of(), Long.MAX_VALUE);
    private final List<Settlement> settlements = new ArrayList<>();
    private final Lane lane = new Lane(
            SUBSCRIPTION,
            () -> ORDERED,
            new ConcurrencyLimit(1, 1, new Semaphore(0), System.nanoTime()),
            10,
            new Lane.Work(_ -> null, settlements::add, () -> {}),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatIsReadBeforeAPartitionIsLeftAndOfferedAfterwardsIsNeverARow() {
        lane.behind();
        lane.offer(read(0));
        Delivery late = read(1);

        window.leave(Long.MAX_VALUE);
        lane.forget(window);
        lane.offer(late);

        // As a row it would be due at once, before the older one of its key, for whoever has the partition next.
        assertThat(settlements)
                .singleElement()
                .isInstanceOfSatisfying(
                        Left.class, left -> assertThat(left.delivery()).isNotSameAs(late));
        assertThat(window.offset()).isZero();
    }

    private Delivery read(long offset) {
        var event = Event.of(
                Map.of("id", "e" + offset, "source", "/s", "type", "t", Event.PARTITION_KEY, "key-1"), new byte[0]);
        return window.add(new LogEntry(0, offset, "acme", NOW, new long[] {SUBSCRIPTION}, event), System.nanoTime())
                .getFirst();
    }
}
