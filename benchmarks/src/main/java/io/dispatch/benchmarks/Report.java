package io.dispatch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as Markdown. */
final class Report {

    private static final String OWN = "benchmark";

    private final List<String> lines = new ArrayList<>();

    void heading(String text) {
        lines.add("");
        lines.add("### " + text);
        lines.add("");
    }

    void text(String text) {
        lines.add(text);
    }

    void starts(double first, double second) {
        table("start", "seconds to \"Dispatch is ready\"");
        row("first after the build (empty data folder)", number(first, 1));
        row("second (same data)", number(second, 1));
    }

    void memory(Map<String, Processes.Memory> idle, Map<String, Processes.Memory> loaded) {
        table("process", "RSS idle MB", "PSS idle MB", "RSS after load MB", "PSS after load MB");
        SortedSet<String> parts = new TreeSet<>(idle.keySet());
        parts.addAll(loaded.keySet());
        Processes.Memory none = new Processes.Memory(0, 0);
        for (String part : parts) {
            memoryRow(part, idle.getOrDefault(part, none), loaded.getOrDefault(part, none));
        }
        memoryRow("**all**", sum(idle), sum(loaded));
    }

    void loads(List<Phase> phases) {
        table(
                "load",
                "accepted/s",
                "delivered/s",
                "emit p50 ms",
                "emit p99 ms",
                "emit p99.9 ms",
                "emit→function p50 ms",
                "emit→function p99 ms",
                "emit→function p99.9 ms",
                "answers",
                "accepted",
                "delivered");
        for (Phase phase : phases) {
            row(
                    phase.title(),
                    number(phase.acceptedPerSecond(), 0),
                    number(phase.deliveredPerSecond(), 0),
                    number(phase.untilAnswered().millis(0.50), 1),
                    number(phase.untilAnswered().millis(0.99), 1),
                    number(phase.untilAnswered().millis(0.999), 1),
                    number(phase.untilReceived().millis(0.50), 1),
                    number(phase.untilReceived().millis(0.99), 1),
                    number(phase.untilReceived().millis(0.999), 1),
                    phase.load().answers().toString(),
                    Integer.toString(phase.accepted()),
                    Integer.toString(phase.delivered()));
        }
    }

    void cpu(List<Phase> phases) {
        List<String> header = new ArrayList<>(List.of("CPU seconds per 10,000 events"));
        phases.forEach(phase -> header.add(phase.title()));
        table(header.toArray(String[]::new));
        List<Map<String, Double>> costs =
                phases.stream().map(Phase::cpuSecondsPerTenThousand).toList();
        SortedSet<String> processes = new TreeSet<>();
        costs.forEach(cost -> processes.addAll(cost.keySet()));
        for (String process : processes) {
            String title = process.equals(OWN) ? "(generator and function)" : process;
            row(title, costs.stream().map(cost -> number(cost.getOrDefault(process, 0.0), 3)));
        }
        row("**the product**", costs.stream().map(cost -> number(product(cost), 3)));
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    static String number(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static double product(Map<String, Double> cost) {
        return cost.entrySet().stream()
                .filter(process -> !process.getKey().equals(OWN))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Processes.Memory sum(Map<String, Processes.Memory> memory) {
        return memory.values().stream()
                .reduce(
                        new Processes.Memory(0, 0),
                        (one, other) -> new Processes.Memory(one.rss() + other.rss(), one.pss() + other.pss()));
    }

    private void memoryRow(String part, Processes.Memory idle, Processes.Memory loaded) {
        row(part, number(idle.rss(), 0), number(idle.pss(), 0), number(loaded.rss(), 0), number(loaded.pss(), 0));
    }

    private void table(String... header) {
        row(header);
        lines.add("|---".repeat(header.length) + "|");
    }

    private void row(String first, Stream<String> others) {
        lines.add("| " + first + " | " + others.collect(Collectors.joining(" | ")) + " |");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }
}
