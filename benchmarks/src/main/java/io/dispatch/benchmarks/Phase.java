package io.dispatch.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one load did.
 *
 * @param title what load it was
 * @param load what was sent
 * @param eventsEach how many events a request carried
 * @param delivered how many times a function took one
 * @param deliveredPerSecond from the first request to the last call of the function
 * @param untilAnswered from when a request was due to its answer
 * @param untilReceived from when a request was due to the call of the function
 * @param cpuSeconds of each process from the first request to the last call
 */
record Phase(
        String title,
        Generator.Load load,
        int eventsEach,
        int delivered,
        double deliveredPerSecond,
        Latencies untilAnswered,
        Latencies untilReceived,
        Map<String, Double> cpuSeconds) {

    /** How many events were accepted. */
    int accepted() {
        return load.accepted() * eventsEach;
    }

    double acceptedPerSecond() {
        return accepted() / load.seconds();
    }

    /** CPU seconds for 10,000 accepted events, of each process, and of the product in all. */
    Map<String, Double> cpuSecondsPerTenThousand() {
        Map<String, Double> costs = new TreeMap<>();
        cpuSeconds.forEach((process, seconds) -> costs.put(process, seconds * 10_000 / accepted()));
        return costs;
    }

    static Map<String, Double> difference(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> difference = new TreeMap<>();
        after.forEach((process, seconds) ->
                difference.put(process, Math.max(0, seconds - before.getOrDefault(process, 0.0))));
        return difference;
    }
}
