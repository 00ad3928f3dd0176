package io.dispatch.benchmarks;

import io.dispatch.benchmarks.Scenario.Sending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.IntFunction;

/** Puts loads on the product, one after the other, and measures each. */
final class Measurement {

    /** Of a load that does not come in batches. */
    static final int CONNECTIONS = 64;

    private static final int BATCH_CONNECTIONS = 8;
    private static final int MOST_BATCHES = 100_000;
    private static final double AS_LONG_AS_IT_TAKES = 3_600;

    /** Without a delivery for so long the rest is taken as lost. */
    private static final double PATIENCE_SECONDS = 20;

    private final Product product;
    private final InetSocketAddress gateway;
    private final FunctionSink function;
    private final Timeline timeline;

    /** The number of the next event: no two loads share one. */
    private int next;

    Measurement(Product product, InetSocketAddress gateway, FunctionSink function, Timeline timeline, int next) {
        this.product = product;
        this.gateway = gateway;
        this.function = function;
        this.timeline = timeline;
        this.next = next;
    }

    /** Creates what a scenario needs. */
    void prepare(Scenario scenario) throws IOException, InterruptedException {
        for (int i = 0; i < scenario.subscriptions(); i++) {
            String name = scenario.function() + i;
            var _ = product.create(
                    "/v1/function",
                    "{\"name\":\"%s\",\"endpoint\":\"http://127.0.0.1:%d/%s\"}"
                            .formatted(name, function.address().getPort(), scenario.function()));
            var _ = product.create("/v1/event/subscriptions", subscription(scenario, name, false));
        }
    }

    /** Lets the first subscription of a scenario wait, or go on. */
    void pause(Scenario scenario, boolean paused) throws IOException, InterruptedException {
        String name = scenario.function() + 0;
        product.replace("/v1/event/subscriptions/" + name, subscription(scenario, name, paused));
    }

    private static String subscription(Scenario scenario, String name, boolean paused) {
        return "{\"name\":\"%s\",\"eventType\":\"%s\",\"function\":\"%s\",\"paused\":%b}"
                .formatted(name, scenario.eventType(), name, paused);
    }

    /** Puts a load on, and waits until all of it is delivered. */
    Phase run(Scenario scenario, double seconds) throws IOException, InterruptedException {
        return load(scenario, seconds, MOST_BATCHES, true);
    }

    /** Emits so many batches of events, as fast as it goes, and waits until all are delivered. */
    Phase deliver(Scenario scenario, int batches) throws IOException, InterruptedException {
        return load(scenario, AS_LONG_AS_IT_TAKES, batches, true);
    }

    /** Emits so many batches of events, as fast as it goes, and does not wait until they are delivered. */
    Phase emit(Scenario scenario, int batches) throws IOException, InterruptedException {
        return load(scenario, AS_LONG_AS_IT_TAKES, batches, false);
    }

    private Phase load(Scenario scenario, double seconds, int mostBatches, boolean delivering)
            throws IOException, InterruptedException {
        Events events = events(scenario.eventType());
        int each = scenario.sending().events();
        int base = next;
        boolean batches = scenario.sending() == Sending.BATCH;
        IntFunction<byte[]> request = switch (scenario.sending()) {
            case BINARY -> events::binary;
            case STRUCTURED -> events::structured;
            case BATCH -> batch -> events.batch(base + batch * each, each);
        };
        Timeline requests = batches ? new Timeline(mostBatches) : timeline;
        Generator generator = new Generator(gateway, request, requests);
        int callsBefore = function.calls(scenario.function());
        Map<String, Double> before = product.processes().cpuSeconds();
        Generator.Load load;
        try {
            load = generator.run(
                    batches ? 0 : base, batches ? BATCH_CONNECTIONS : CONNECTIONS, scenario.perSecond(), seconds);
        } finally {
            next = batches ? base + generator.next() * each : generator.next();
        }
        int accepted = load.accepted() * each;
        int delivered = delivering ? awaitDelivered(scenario, callsBefore, accepted * scenario.subscriptions()) : 0;
        return new Phase(
                scenario.title(),
                load.answers(),
                accepted,
                accepted / load.seconds(),
                delivered,
                perSecond(delivered, load.started(), base),
                requests.untilAnswered(load.first(), load.end()),
                requests.untilReceived(load.first(), load.end()),
                Phase.difference(before, product.processes().cpuSeconds()));
    }

    /**
     * Lets go on what was paused, and waits until what had been accepted meanwhile, the newest events of all, is delivered.
     *
     * @param scenario which has had no load but those events; some calls were made before the pause was noticed
     */
    Phase drain(String title, Scenario scenario, int accepted) throws IOException, InterruptedException {
        int callsBefore = function.calls(scenario.function());
        int owed = accepted - callsBefore;
        Map<String, Double> before = product.processes().cpuSeconds();
        long started = System.nanoTime();
        pause(scenario, false);
        int delivered = awaitDelivered(scenario, callsBefore, owed);
        return new Phase(
                title,
                Map.of(),
                owed,
                Double.NaN,
                delivered,
                perSecond(delivered, started, next - accepted),
                Latencies.none(),
                Latencies.none(),
                Phase.difference(before, product.processes().cpuSeconds()));
    }

    /** As {@link #run}, while another load is put on, which nobody waits for: the rest of it is taken back in the end. */
    Phase runBeside(Scenario other, Scenario scenario, double seconds) throws IOException, InterruptedException {
        var generator = new Generator(gateway, events(other.eventType())::binary, new Timeline(MOST_BATCHES));
        Thread beside = Thread.ofPlatform().name("beside").start(() -> {
            try {
                var _ = generator.run(0, CONNECTIONS, other.perSecond(), seconds);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Phase phase = run(scenario, seconds);
        beside.join();
        product.delete("/v1/event/subscriptions/" + other.function() + 0);
        return phase;
    }

    private Events events(String type) {
        return new Events("localhost:" + gateway.getPort(), type);
    }

    /** @param first the number of the first event of the load, which is the newest */
    private double perSecond(int delivered, long started, int first) {
        return delivered == 0 ? Double.NaN : delivered * 1e9 / (timeline.lastReceived(first, next) - started);
    }

    /** Waits until every accepted event was delivered, or none has been for a while, and tells how many were. */
    private int awaitDelivered(Scenario scenario, int before, int owed) throws InterruptedException {
        int delivered = function.calls(scenario.function()) - before;
        long moved = System.nanoTime();
        while (delivered < owed && System.nanoTime() - moved < PATIENCE_SECONDS * 1e9) {
            Thread.sleep(10);
            int now = function.calls(scenario.function()) - before;
            if (now > delivered) {
                delivered = now;
                moved = System.nanoTime();
            }
        }
        return delivered;
    }
}
