package io.dispatch.benchmarks;

import io.dispatch.benchmarks.Options.Part;
import io.dispatch.benchmarks.Scenario.Sending;
import io.dispatch.postgresql.PostgresqlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures the product whole: how long it takes to start, what it keeps in memory, what an event costs, how many it takes and how
 * long each is under way.
 */
final class Benchmark {

    private static final int MOST_EVENTS = 4_000_000;
    private static final double MACHINE_SECONDS = 5;

    private final Options options;
    private final Report report;
    private final Timeline timeline;
    /** The number of the next event: no two loads share one. */
    private int next;

    private Benchmark(Options options, Report report) {
        this.options = options;
        this.report = report;
        this.timeline = new Timeline(MOST_EVENTS + (options.parts().contains(Part.BACKLOG) ? options.backlog() : 0));
    }

    /** Arguments: the checkout, then the options that {@code benchmarks/run} takes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            new Benchmark(Options.parse(arguments), new Report(System.out)).run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        report.text("`benchmarks/run %s`, %s, %s"
                .formatted(options.text(), LocalDate.now(Clock.systemUTC()), Machine.description()));
        Path folder = Files.createTempDirectory("dispatch-benchmark-");
        try (FunctionSink function = new FunctionSink(timeline)) {
            machine(folder, function);
            measure(folder, function);
        } finally {
            delete(folder);
        }
    }

    /** What of the figures is the machine's: the generator against the bare function, and a commit and nothing else. */
    private void machine(Path folder, FunctionSink function) throws IOException, InterruptedException {
        report.say("measuring the machine");
        report.heading("The machine");
        report.machine();
        report.bareServer(bareServer(function));
        try {
            report.bareCommit(BareCommit.measure(folder, MACHINE_SECONDS));
        } catch (SQLException | PostgresqlException e) {
            report.note("bare commit: failed: " + e.getMessage());
        }
    }

    private Phase bareServer(FunctionSink function) throws IOException {
        Events events = new Events("localhost:" + function.address().getPort(), "benchmark.machine");
        Generator generator = new Generator(function.address(), events::binary, timeline);
        next = generator.run(next, Measurement.CONNECTIONS, 0, 2).end();
        Map<String, Double> before = machineCpu(function);
        Generator.Load load = generator.run(next, Measurement.CONNECTIONS, 0, MACHINE_SECONDS);
        next = load.end();
        return new Phase(
                "bare server",
                load.answers(),
                load.accepted(),
                load.accepted() / load.seconds(),
                load.accepted(),
                load.accepted() / load.seconds(),
                timeline.untilAnswered(load.first(), load.end()),
                timeline.untilReceived(load.first(), load.end()),
                Phase.difference(before, machineCpu(function)));
    }

    /** Of this process, the function's thread apart. */
    private static Map<String, Double> machineCpu(FunctionSink function) {
        double server = function.cpuSeconds();
        Map<String, Double> seconds = new TreeMap<>();
        seconds.put(
                Processes.OWN,
                new Processes(ProcessHandle.current()).cpuSeconds().getOrDefault(Processes.OWN, 0.0) - server);
        seconds.put("bare server", server);
        return seconds;
    }

    private void measure(Path folder, FunctionSink function) throws IOException, InterruptedException {
        int port = freePort();
        report.say("starting Dispatch");
        try (Product product = Product.start(options.root(), folder, port)) {
            double first = product.secondsToReady();
            product.stop();
            product.startAgain();
            report.heading("Start");
            report.starts(first, product.secondsToReady());
            Map<String, Processes.Memory> idle = product.processes().memory();
            var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var measurement = new Measurement(product, gateway, function, timeline, next);
            report.heading(
                    "Load, %d connections, events of 300 bytes, one subscription".formatted(Measurement.CONNECTIONS));
            report.loads();
            warmUp(measurement);
            var loads = new Loads(options, product, measurement, report);
            for (Part part : options.parts()) {
                loads.run(part);
            }
            report.note("calls of a function that brought an event a second time: %d".formatted(function.twice()));
            report.heading("Memory");
            report.memory(idle, product.processes().memory());
        }
    }

    private void warmUp(Measurement measurement) throws IOException, InterruptedException {
        Scenario quick = Scenario.closedLoop("warm-up", Loads.QUICK, Sending.BINARY);
        measurement.prepare(quick);
        report.say("warming up");
        var _ = measurement.run(quick, options.warmUp());
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
}
