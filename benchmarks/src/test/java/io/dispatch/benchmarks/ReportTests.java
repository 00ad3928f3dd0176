package io.dispatch.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(printed, false, UTF_8));

    @Test
    void a_row_is_there_at_once_and_compares_with_the_machine() {
        report.bareServer(phase("bare server", 100_000, Map.of("server", 5.0, Processes.OWN, 7.0)));

        report.load(phase("closed loop", 5_000, Map.of("api-gateway", 0.5, Processes.POSTGRESQL, 0.5)));

        assertThat(printed.toString(UTF_8).lines().toList().getLast())
                .startsWith("| closed loop | 5,000 | 5,000 | – / – / – | – / – / – | **2.00** | 1.00 |")
                .contains("| 0.050 | 4.0 |");
    }

    @Test
    void what_was_not_measured_is_a_dash() {
        assertThat(Report.number(Double.NaN, 1)).isEqualTo("–");
        assertThat(Report.number(1234.56, 1)).isEqualTo("1,234.6");
    }

    /** Of one second. */
    private static Phase phase(String title, int events, Map<String, Double> cpuSeconds) {
        return new Phase(
                title,
                Map.of(202, events),
                events,
                events,
                events,
                events,
                Latencies.none(),
                Latencies.none(),
                cpuSeconds);
    }
}
