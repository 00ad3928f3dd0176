package io.dispatch.benchmarks;

import io.dispatch.benchmarks.Scenario.Sending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the product whole: how long it takes to start, what it keeps in memory, what an event costs, how many it takes and how
 * long each is under way.
 */
final class Benchmark {

    private static final int CONNECTIONS = 64;
    private static final int MOST_EVENTS = 4_000_000;
    private static final double MACHINE_SECONDS = 5;

    /** Of a function that is measured alone and then beside one that answers in 5 s, which is fed at the same rate. */
    private static final double BESIDE_RATE = 200;

    private final Options options;
    private final Report report = new Report();
    private final Timeline timeline = new Timeline(MOST_EVENTS);
    /** The number of the next event: no two loads share one. */
    private int next;

    private Benchmark(Options options) {
        this.options = options;
    }

    /**
     * What to measure.
     *
     * @param root the checkout
     * @param seconds how long each load lasts
     * @param rates of the open loops, events a second
     * @param warmUp seconds of load before; the JIT compilers need a minute and more of it, on two cores
     * @param all whether other loads are measured too
     */
    private record Options(Path root, double seconds, List<Double> rates, double warmUp, boolean all) {

        static Options parse(String... arguments) {
            double seconds = 30;
            List<Double> rates = List.of(6000.0, 3000.0, 200.0);
            double warmUp = 60;
            boolean all = false;
            for (int i = 1; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
                    case "--rates" ->
                        rates = Arrays.stream(arguments[++i].split(",", -1))
                                .map(Double::valueOf)
                                .toList();
                    case "--all" -> all = true;
                    case "--warm-up" -> warmUp = Double.parseDouble(arguments[++i]);
                    default ->
                        throw new IllegalArgumentException(
                                "unknown: %s; there are --seconds N, --rates N,N,… , --warm-up N and --all"
                                        .formatted(arguments[i]));
                }
            }
            return new Options(Path.of(arguments[0]).toAbsolutePath(), seconds, rates, warmUp, all);
        }
    }

    /** Arguments: the checkout, then the options that {@code benchmarks/run} takes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            new Benchmark(Options.parse(arguments)).run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        report.text("`benchmarks/run --seconds %.0f --warm-up %.0f%s`, %s, %s"
                .formatted(
                        options.seconds(),
                        options.warmUp(),
                        options.all() ? " --all" : "",
                        LocalDate.now(Clock.systemUTC()),
                        Machine.description()));
        Path folder = Files.createTempDirectory("dispatch-benchmark-");
        try (FunctionSink function = new FunctionSink(timeline)) {
            Phase machine = machine(function);
            measure(folder, function, machine);
        } finally {
            delete(folder);
        }
        System.out.println(report);
    }

    /** The generator against the bare function: what of the figures is the machine's and the generator's. */
    private Phase machine(FunctionSink function) throws IOException {
        say("measuring the machine");
        Events events = new Events("localhost:" + function.address().getPort(), "benchmark.machine");
        Generator generator = new Generator(function.address(), events::binary, timeline);
        next = generator.run(next, CONNECTIONS, 0, 2).end();
        Map<String, Double> before = new Processes(ProcessHandle.current()).cpuSeconds();
        Generator.Load load = generator.run(next, CONNECTIONS, 0, MACHINE_SECONDS);
        next = load.end();
        Map<String, Double> after = new Processes(ProcessHandle.current()).cpuSeconds();
        return new Phase(
                "bare server, closed loop",
                load,
                1,
                load.accepted(),
                load.accepted() / load.seconds(),
                timeline.untilAnswered(load.first(), load.end()),
                timeline.untilReceived(load.first(), load.end()),
                Map.of("benchmark", Phase.difference(before, after).getOrDefault("benchmark", 0.0)));
    }

    private void measure(Path folder, FunctionSink function, Phase machine) throws IOException, InterruptedException {
        int port = freePort();
        say("starting Dispatch");
        try (Product product = Product.start(options.root(), folder, port)) {
            double first = product.secondsToReady();
            product.stop();
            product.startAgain();
            report.heading("Start");
            report.starts(first, product.secondsToReady());
            say("ready after %.1f s".formatted(product.secondsToReady()));
            var measurement = new Measurement(
                    product, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), function, timeline, next);
            Map<String, Processes.Memory> idle = product.processes().memory();
            List<Phase> phases = loads(measurement);
            report.text("");
            report.text("Calls of a function that brought an event a second time: %d.".formatted(function.twice()));
            report.heading("Memory");
            report.memory(idle, product.processes().memory());
            report.heading("Load, %d connections, events of 300 bytes, one subscription".formatted(CONNECTIONS));
            List<Phase> all = new ArrayList<>(List.of(machine));
            all.addAll(phases);
            report.loads(all);
            report.text("");
            report.cpu(all);
            List<Phase> others = options.all() ? others(measurement) : List.of();
            if (!others.isEmpty()) {
                report.heading("Other loads");
                report.loads(others);
                report.text("");
                report.cpu(others);
            }
        }
    }

    /** As much as goes, and what is asked for in a second: events of one type to one function that answers at once. */
    private List<Phase> loads(Measurement measurement) throws IOException, InterruptedException {
        Scenario saturated = Scenario.closedLoop("closed loop", "quick", Sending.BINARY);
        measurement.prepare(saturated);
        say("warming up");
        var _ = measurement.run(saturated, options.warmUp());
        List<Phase> phases = new ArrayList<>(List.of(run(measurement, saturated)));
        for (double rate : options.rates()) {
            String title = "open loop, %.0f/s".formatted(rate);
            phases.add(run(measurement, Scenario.openLoop(title, "quick", rate)));
        }
        return phases;
    }

    private List<Phase> others(Measurement measurement) throws IOException, InterruptedException {
        List<Phase> phases = new ArrayList<>();
        Scenario quick = Scenario.closedLoop("binary, once more", "quick", Sending.BINARY);
        phases.add(run(measurement, quick));
        phases.add(run(measurement, Scenario.closedLoop("structured", "quick", Sending.STRUCTURED)));
        phases.add(run(measurement, Scenario.closedLoop("batches of 100", "quick", Sending.BATCH)));
        for (Scenario scenario : List.of(
                new Scenario("ten subscriptions want each event", FunctionSink.SHARED, Sending.BINARY, 0, 10),
                Scenario.closedLoop("a function fails 10 % of the calls", FunctionSink.UNSTEADY, Sending.BINARY),
                Scenario.closedLoop("a function answers in 50 ms", FunctionSink.SLOW, Sending.BINARY))) {
            measurement.prepare(scenario);
            phases.add(run(measurement, scenario));
        }
        phases.add(run(measurement, Scenario.openLoop("alone", "quick", BESIDE_RATE)));
        Scenario hanging = Scenario.openLoop("", FunctionSink.HANGING, BESIDE_RATE);
        measurement.prepare(hanging);
        Scenario beside = Scenario.openLoop("beside one that answers in 5 s", "quick", BESIDE_RATE);
        say(beside.title());
        phases.add(measurement.runBeside(hanging, beside, options.seconds()));
        return phases;
    }

    private Phase run(Measurement measurement, Scenario scenario) throws IOException, InterruptedException {
        say(scenario.title());
        return measurement.run(scenario, options.seconds());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
