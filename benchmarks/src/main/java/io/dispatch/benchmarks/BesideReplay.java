package io.dispatch.benchmarks;

import io.dispatch.benchmarks.Scenario.Sending;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Live load with a replay of other events beside it. */
final class BesideReplay {

    /** At most so many events a second are replayed in company. */
    private static final int REPLAYED_PER_SECOND = 1_000;

    private static final Scenario REPLAYED =
            new Scenario("events that are replayed later", FunctionSink.REPLAYED, Sending.BATCH, 0, 1);

    private final Product product;
    private final Measurement measurement;

    BesideReplay(Product product, Measurement measurement) {
        this.product = product;
        this.measurement = measurement;
    }

    /** Puts more events into the log than can be replayed in these seconds. */
    Phase prepare(double seconds) throws IOException, InterruptedException {
        measurement.prepare(REPLAYED);
        int batches = (int) (seconds * 1.5 * REPLAYED_PER_SECOND) / Sending.BATCH.events() + 1;
        return measurement.deliver(REPLAYED, batches);
    }

    /**
     * What a load did and how far the replay came meanwhile.
     *
     * @param replayed events that were handed over while the load lasted
     */
    record Result(Phase phase, int replayed) {}

    Result run(Scenario live, double seconds) throws IOException, InterruptedException {
        JsonNode replay = product.create(
                "/v1/replays",
                "{\"query\":{\"type\":\"%s\"},\"function\":\"%s0\"}"
                        .formatted(REPLAYED.eventType(), REPLAYED.function()));
        String path = "/v1/replays/" + replay.path("id").asString();
        Phase phase = measurement.run(live, seconds);
        int replayed = product.read(path).path("replayed").asInt();
        product.delete(path);
        return new Result(phase, replayed);
    }
}
