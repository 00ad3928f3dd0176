package io.dispatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The measuring measured: generator and function against each other. */
final class GeneratorTests {

    private final Timeline timeline = new Timeline(1_000_000);

    @Test
    void a_closed_loop_sends_each_event_once() throws Exception {
        try (FunctionSink function = new FunctionSink(timeline)) {
            Generator.Load load = generator(function).run(0, 8, 0, 0.3);

            assertThat(load.answers()).containsOnlyKeys(200);
            assertThat(load.accepted()).isEqualTo(load.end() - load.first()).isPositive();
            assertThat(function.calls("v1/event")).isEqualTo(load.accepted());
            assertThat(function.twice()).isZero();
            assertThat(timeline.untilAnswered(load.first(), load.end()).count()).isEqualTo(load.accepted());
        }
    }

    @Test
    void an_open_loop_keeps_its_rate() throws Exception {
        try (FunctionSink function = new FunctionSink(timeline)) {
            Generator.Load load = generator(function).run(100, 8, 200, 0.5);

            assertThat(load.first()).isEqualTo(100);
            assertThat(load.accepted()).isEqualTo(100);
            assertThat(load.seconds()).isGreaterThanOrEqualTo(0.5);
            assertThat(timeline.untilReceived(load.first(), load.end()).millis(0.5))
                    .isPositive();
        }
    }

    private Generator generator(FunctionSink function) throws Exception {
        return new Generator(function.address(), new Events("localhost", "test")::binary, timeline);
    }
}
