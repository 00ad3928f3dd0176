package io.dispatch.functioninvoker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunIdTests {

    @Test
    void isComputedFromItsPartsAndBack() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var id = new RunId(
                    new Position(random.nextInt(4096), random.nextLong(Long.MAX_VALUE)),
                    random.nextLong(1, 1L << 37),
                    random.nextInt(1024));

            assertThat(RunId.of(id.uuid())).contains(id);
            assertThat(id.uuid().version()).isEqualTo(8);
            assertThat(id.uuid().variant()).isEqualTo(2);
        }
    }

    @Test
    void isTheEventsIdWithSubscriptionAndAttemptInTheLowBits() {
        var position = new Position(3, 123_456_789_012L);
        UUID run = new RunId(position, 5, 2).uuid();
        UUID event = EventId.of(position);

        assertThat(run.getMostSignificantBits()).isEqualTo(event.getMostSignificantBits());
        assertThat(run.getLeastSignificantBits() - event.getLeastSignificantBits())
                .isEqualTo((5 << 10) + 2);
    }

    @Test
    void otherIdsAreNone() {
        assertThat(RunId.of(UUID.randomUUID())).isEmpty();
        assertThat(RunId.of(EventId.of(new Position(1, 2)))).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new RunId(new Position(0, 0), 0, 1)).hasMessageContaining("subscription 0");
        assertThatThrownBy(() -> new RunId(new Position(0, 0), 1, 1024)).hasMessageContaining("attempt 1024");
    }
}
