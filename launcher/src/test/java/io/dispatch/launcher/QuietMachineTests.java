package io.dispatch.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietMachineTests {

    @Test
    void waitsForFiveQuietMomentsInARow() throws InterruptedException {
        Deque<Double> loads = new ArrayDeque<>(List.of(0.9, 0.1, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9));

        new QuietMachine(loads::removeFirst, Duration.ofNanos(1)).await();

        assertThat(loads).containsExactly(0.9);
    }
}
