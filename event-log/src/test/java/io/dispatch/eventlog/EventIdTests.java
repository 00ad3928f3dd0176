package io.dispatch.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdTests {

    @ParameterizedTest
    @CsvSource({"0,0", "3,1", "0,32767", "1,32768", "4095,9223372036854775807", "2,123456789012"})
    void aPositionComesBackFromItsId(int partition, long offset) {
        Position position = new Position(partition, offset);

        UUID id = EventId.of(position);

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(EventId.position(id)).contains(position);
    }

    @Test
    void otherUuidsAreNoEventIds() {
        assertThat(EventId.position(UUID.fromString("7f0c2a54-02c2-4a0e-9b0c-0a6f3b1d9c11")))
                .isEmpty();
        assertThat(EventId.position(new UUID(0, 0))).isEmpty();
        assertThat(EventId.position(new UUID(0x8000, 0x8000000000000001L))).isEmpty();
    }

    @Test
    void impossiblePositionsHaveNoId() {
        assertThatThrownBy(() -> EventId.of(new Position(4096, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventId.of(new Position(0, -1))).isInstanceOf(IllegalArgumentException.class);
    }
}
