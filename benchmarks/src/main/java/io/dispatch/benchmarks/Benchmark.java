package io.dispatch.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
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
    /** Without a delivery for so long the rest is taken as lost. */
    private static final double PATIENCE_SECONDS = 20;

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
     * @param rate of the open loop, events a second
     * @param warmUp seconds of load before; the JIT compilers need a minute and more of it, on two cores
     */
    private record Options(Path root, double seconds, double rate, double warmUp) {

        static Options parse(String... arguments) {
            double seconds = 30;
            double rate = 1000;
            double warmUp = 60;
            for (int i = 1; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
                    case "--rate" -> rate = Double.parseDouble(arguments[++i]);
                    case "--warm-up" -> warmUp = Double.parseDouble(arguments[++i]);
                    default ->
                        throw new IllegalArgumentException(
                                "unknown: %s; there are --seconds N, --rate N and --warm-up N".formatted(arguments[i]));
                }
            }
            return new Options(Path.of(arguments[0]).toAbsolutePath(), seconds, rate, warmUp);
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
        report.text("`benchmarks/run --seconds %.0f --rate %.0f --warm-up %.0f`, %s, %s"
                .formatted(
                        options.seconds(),
                        options.rate(),
                        options.warmUp(),
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
    private Phase machine(FunctionSink function) throws IOException, InterruptedException {
        say("measuring the machine");
        Generator generator = generator(function.address());
        next = generator.run(next, CONNECTIONS, 0, 2).end();
        Map<String, Double> before = new Processes(ProcessHandle.current()).cpuSeconds();
        Generator.Load load = generator.run(next, CONNECTIONS, 0, MACHINE_SECONDS);
        next = load.end();
        Map<String, Double> after = new Processes(ProcessHandle.current()).cpuSeconds();
        return new Phase(
                "bare server, closed loop",
                load,
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
            product.create(
                    "/v1/function",
                    "{\"name\":\"sink\",\"endpoint\":\"http://127.0.0.1:%d/\"}"
                            .formatted(function.address().getPort()));
            product.create(
                    "/v1/event/subscriptions",
                    "{\"name\":\"all\",\"eventType\":\"%s\",\"function\":\"sink\"}".formatted(Events.TYPE));
            Map<String, Processes.Memory> idle = product.processes().memory();
            List<Phase> phases = loads(product, function, port);
            report.heading("Memory");
            report.memory(idle, product.processes().memory());
            report.heading("Load, %d connections, events of 300 bytes, one subscription".formatted(CONNECTIONS));
            List<Phase> all = new ArrayList<>(List.of(machine));
            all.addAll(phases);
            report.loads(all);
            report.text("");
            report.cpu(all);
        }
    }

    private List<Phase> loads(Product product, FunctionSink function, int port)
            throws IOException, InterruptedException {
        Generator generator = generator(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        say("warming up");
        phase("warm-up", generator, product, function, 0, options.warmUp());
        say("closed loop");
        Phase saturated = phase("closed loop", generator, product, function, 0, options.seconds());
        say("open loop");
        String title = "open loop, %.0f/s".formatted(options.rate());
        Phase steady = phase(title, generator, product, function, options.rate(), options.seconds());
        report.text("");
        report.text("Calls of the function that brought an event a second time: %d.".formatted(function.twice()));
        return List.of(saturated, steady);
    }

    private Phase phase(
            String title, Generator generator, Product product, FunctionSink function, double rate, double seconds)
            throws IOException, InterruptedException {
        int receivedBefore = function.received();
        Map<String, Double> before = product.processes().cpuSeconds();
        Generator.Load load = generator.run(next, CONNECTIONS, rate, seconds);
        next = load.end();
        int delivered = awaitDelivered(function, receivedBefore, load.accepted());
        Map<String, Double> cpu = Phase.difference(before, product.processes().cpuSeconds());
        long last = timeline.lastReceived(load.first(), load.end());
        return new Phase(
                title,
                load,
                delivered,
                delivered / ((last - load.started()) / 1e9),
                timeline.untilAnswered(load.first(), load.end()),
                timeline.untilReceived(load.first(), load.end()),
                cpu);
    }

    /** Waits until every accepted event was delivered, or none has been for a while, and tells how many were. */
    private static int awaitDelivered(FunctionSink function, int before, int accepted) throws InterruptedException {
        int delivered = function.received() - before;
        long moved = System.nanoTime();
        while (delivered < accepted && System.nanoTime() - moved < PATIENCE_SECONDS * 1e9) {
            Thread.sleep(10);
            int now = function.received() - before;
            if (now > delivered) {
                delivered = now;
                moved = System.nanoTime();
            }
        }
        return delivered;
    }

    private Generator generator(InetSocketAddress address) {
        Events events = new Events("localhost:" + address.getPort());
        return new Generator(address, events::request, timeline);
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
