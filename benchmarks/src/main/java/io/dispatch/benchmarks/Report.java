package io.dispatch.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The results as Markdown, each printed as soon as it is there: who stops a run keeps what it had. */
final class Report {

    private final PrintStream out;
    private double bareServerPerSecond = Double.NaN;
    private double bareServerCpu = Double.NaN;
    private double bareCommitMillis = Double.NaN;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Tells whoever waits what is being done; no part of the results. */
    void say(String what) {
        System.err.println(what);
    }

    void heading(String text) {
        out.printf("%n### %s%n%n", text);
    }

    void text(String text) {
        out.println(text);
    }

    /** What the figures of all loads after it are compared with. */
    void bareServer(Phase phase) {
        bareServerPerSecond = phase.acceptedPerSecond();
        bareServerCpu = phase.productCpuSecondsPerTenThousand();
        row(
                "bare server, and the generator",
                number(bareServerPerSecond, 0),
                millis(phase.untilAnswered()),
                number(bareServerCpu, 3));
    }

    /** What the figures of all loads after it are compared with. */
    void bareCommit(BareCommit commit) {
        bareCommitMillis = commit.took().millis(0.5);
        row(
                "bare commit, one after the other",
                number(commit.perSecond(), 0),
                millis(commit.took()),
                number(commit.cpuSeconds(), 3));
    }

    void machine() {
        table("", "a second", "p50 / p99 / p99.9 ms", "CPU seconds per 10,000");
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

    /** Begins a table of loads. */
    void loads() {
        List<String> header = new ArrayList<>(List.of(
                "load",
                "accepted/s",
                "delivered/s",
                "emit p50 / p99 / p99.9 ms",
                "emit → function p50 / p99 / p99.9 ms",
                "CPU seconds per 10,000 events"));
        Processes.PRODUCT.forEach(process -> header.add("of it " + process));
        header.addAll(List.of(
                "(generator and function)",
                "accepted/s of the bare server's",
                "CPU of the bare server's",
                "emit p50 of a bare commit's",
                "accepted",
                "delivered",
                "answers"));
        table(header.toArray(String[]::new));
    }

    /** A row of the table of loads. */
    void load(Phase phase) {
        Map<String, Double> cpu = phase.cpuSecondsPerTenThousand();
        double product = phase.productCpuSecondsPerTenThousand();
        List<String> cells = new ArrayList<>(List.of(
                phase.title(),
                number(phase.acceptedPerSecond(), 0),
                number(phase.deliveredPerSecond(), 0),
                millis(phase.untilAnswered()),
                millis(phase.untilReceived()),
                "**" + number(product, 2) + "**"));
        Stream.concat(Processes.PRODUCT.stream(), Stream.of(Processes.OWN))
                .forEach(process -> cells.add(number(cpu.getOrDefault(process, 0.0), 2)));
        cells.addAll(List.of(
                number(phase.acceptedPerSecond() / bareServerPerSecond, 3),
                number(product / bareServerCpu, 1),
                number(phase.untilAnswered().millis(0.5) / bareCommitMillis, 1),
                number(phase.accepted(), 0),
                number(phase.delivered(), 0),
                phase.answers().toString()));
        row(cells.toArray(String[]::new));
    }

    /** A row that says something about the loads around it. */
    void note(String text) {
        row(text);
    }

    static String number(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static String millis(Latencies latencies) {
        return Stream.of(0.50, 0.99, 0.999)
                .map(share -> number(latencies.millis(share), 1))
                .reduce((one, other) -> one + " / " + other)
                .orElseThrow();
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
        out.println("|---".repeat(header.length) + "|");
    }

    private void row(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }
}
