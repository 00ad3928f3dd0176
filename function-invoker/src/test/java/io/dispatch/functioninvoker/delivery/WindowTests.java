package io.dispatch.functioninvoker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTests {
    private final Window window = new Window(0, 1, 0, Set.of(), Long.MAX_VALUE);
    private long next;

    @Test
    void whatNobodyWantsIsPassedOverAndNotWrittenDownForItself() {
        add();
        add();

        assertThat(window.offset()).isEqualTo(2);
        assertThat(window.nextRead()).isEqualTo(2);
        assertThat(window.hasMoved()).isFalse();
        assertThat(window.isAhead()).isTrue();

        assertThat(window.advance()).isEqualTo(2);
        add();
        window.written();
        assertThat(window.isAhead()).isTrue();
        assertThat(window.hasMoved()).isFalse();
        for (int i = 0; i < 10_000; i++) {
            add();
        }
        assertThat(window.hasMoved()).isTrue();
    }

    @Test
    void theOffsetIsWrittenDownOnceWhatIsWantedIsSettled() {
        add();
        Delivery wanted = add(7).getFirst();
        add();

        assertThat(window.offset()).isEqualTo(1);
        assertThat(window.hasMoved()).isFalse();

        window.close(wanted);
        assertThat(window.hasMoved()).isTrue();
        assertThat(window.advance()).isEqualTo(3);
        window.written();
        assertThat(window.hasMoved()).isFalse();
        assertThat(window.isAhead()).isFalse();
    }

    @Test
    void anEventThatManyWantTakesTheRoomOfMany() {
        List<Delivery> owed = add(1, 2, 3);
        add(4);
        assertThat(window.room(10, Long.MAX_VALUE)).isEqualTo(6);

        owed.forEach(window::close);
        assertThat(window.room(10, Long.MAX_VALUE)).isEqualTo(8);

        window.advance();
        assertThat(window.room(10, Long.MAX_VALUE)).isEqualTo(9);
    }

    private List<Delivery> add(long... subscriptions) {
        Event event = Event.of(Map.of("id", "1", "source", "/s", "type", "t"), null);
        return window.add(new LogEntry(0, next++, "acme", Instant.EPOCH, subscriptions, event), 0);
    }
}
