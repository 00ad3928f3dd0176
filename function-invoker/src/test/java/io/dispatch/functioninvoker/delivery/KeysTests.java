package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.delivery.Keys.EventKey;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTests {

    private static final EventKey A = new EventKey(0, "A");
    private static final EventKey B = new EventKey(1, "A");

    private final Keys keys = new Keys();
    private final Window window = new Window(0, 1, 0, Set.of(), 0);

    @Test
    void aKeyIsFreeWhenAllThatCameIsDone() {
        keys.begin(A, at(0));
        Delivery second = delivery(1);
        assertThat(keys.queue(A, second, 10)).isTrue();

        assertThat(keys.done(A, at(0))).isSameAs(second);
        assertThat(keys.isHeld(A)).isTrue();
        assertThat(keys.done(A, at(1))).isNull();

        assertThat(keys.isHeld(A)).isFalse();
    }

    @Test
    void keysOfTwoPartitionsHaveNothingToDoWithEachOther() {
        keys.begin(A, at(0));

        assertThat(keys.isHeld(B)).isFalse();
        keys.begin(B, new Position(1, 0));
        keys.forget(0);

        assertThat(keys.isHeld(A)).isFalse();
        assertThat(keys.isHeld(B)).isTrue();
    }

    @Test
    void whatIsDoneTwiceOrOutOfTurnChangesNothing() {
        keys.begin(A, at(0));
        keys.queue(A, delivery(1), 10);
        keys.done(A, at(0));

        assertThat(keys.done(A, at(0))).isNull();

        assertThat(keys.isHeld(A)).isTrue();
    }

    @Test
    void onceSomethingIsParkedAllThatComesIsParked() {
        keys.begin(A, at(0));
        Delivery second = delivery(1);
        Delivery third = delivery(2);
        keys.queue(A, second, 1);
        assertThat(keys.queue(A, third, 1)).isFalse();

        assertThat(keys.park(A, third)).containsExactly(second, third);

        assertThat(keys.queue(A, delivery(3), 1)).isFalse();
        assertThat(keys.isParkedBehind(A, at(0))).isTrue();
        assertThat(keys.isParkedBehind(A, at(1))).isFalse();
    }

    @Test
    void parkedRowsTakeTheirTurnOneByOne() {
        keys.restore(A, at(0), 2);
        assertThat(keys.isParkedBehind(A, at(0))).isTrue();
        assertThat(keys.done(A, at(0))).isNull();
        assertThat(keys.isWaiting(A)).isTrue();

        keys.released(A, at(1));
        assertThat(keys.isWaiting(A)).isFalse();
        assertThat(keys.queue(A, delivery(3), 10)).isFalse();
        keys.done(A, at(1));
        keys.released(A, at(2));
        Delivery last = delivery(3);
        assertThat(keys.queue(A, last, 10)).isTrue();

        assertThat(keys.done(A, at(2))).isSameAs(last);
    }

    private Delivery delivery(long offset) {
        var event = Event.of(Map.of("id", "e", "source", "/s", "type", "t"), null);
        var entry = new LogEntry(0, offset, "acme", Instant.EPOCH, new long[] {7}, event);
        return window.add(entry, 0).getFirst();
    }

    private static Position at(long offset) {
        return new Position(0, offset);
    }
}
