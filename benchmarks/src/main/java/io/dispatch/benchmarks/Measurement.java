package io.dispatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.IntFunction;

/** Puts loads on the product, one after the other, and measures each. */
final class Measurement {

    private static final int CONNECTIONS = 64;
    private static final int BATCH_CONNECTIONS = 8;
    private static final int MOST_BATCHES = 100_000;

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
            product.create(
                    "/v1/function",
                    "{\"name\":\"%s\",\"endpoint\":\"http://127.0.0.1:%d/%s\"}"
                            .formatted(name, function.address().getPort(), scenario.function()));
            product.create(
                    "/v1/event/subscriptions",
                    "{\"name\":\"%s\",\"eventType\":\"%s\",\"function\":\"%s\"}"
                            .formatted(name, scenario.eventType(), name));
        }
    }

    /** Puts a load on, and waits until all of it is delivered. */
    Phase run(Scenario scenario, double seconds) throws IOException, InterruptedException {
        Events events = events(scenario.eventType());
        int each = scenario.sending().events();
        int base = next;
        boolean batches = each > 1;
        IntFunction<byte[]> request = switch (scenario.sending()) {
            case BINARY -> events::binary;
            case STRUCTURED -> events::structured;
            case BATCH -> batch -> events.batch(base + batch * each, each);
        };
        Timeline requests = batches ? new Timeline(MOST_BATCHES) : timeline;
        Generator generator = new Generator(gateway, request, requests);
        int callsBefore = function.calls();
        Map<String, Double> before = product.processes().cpuSeconds();
        Generator.Load load = generator.run(
                batches ? 0 : next, batches ? BATCH_CONNECTIONS : CONNECTIONS, scenario.perSecond(), seconds);
        next = batches ? base + load.end() * each : load.end();
        int owed = load.accepted() * each * scenario.subscriptions();
        int delivered = awaitDelivered(callsBefore, owed);
        Map<String, Double> cpu = Phase.difference(before, product.processes().cpuSeconds());
        long last = timeline.lastReceived(base, next);
        return new Phase(
                scenario.title(),
                load,
                each,
                delivered,
                delivered / ((last - load.started()) / 1e9),
                requests.untilAnswered(load.first(), load.end()),
                requests.untilReceived(load.first(), load.end()),
                cpu);
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

    /** Waits until every accepted event was delivered, or none has been for a while, and tells how many were. */
    private int awaitDelivered(int before, int owed) throws InterruptedException {
        int delivered = function.calls() - before;
        long moved = System.nanoTime();
        while (delivered < owed && System.nanoTime() - moved < PATIENCE_SECONDS * 1e9) {
            Thread.sleep(10);
            int now = function.calls() - before;
            if (now > delivered) {
                delivered = now;
                moved = System.nanoTime();
            }
        }
        return delivered;
    }
}
