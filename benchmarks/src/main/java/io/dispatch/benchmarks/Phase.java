package io.dispatch.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one load did.
 *
 * @param title what load it was
 * @param answers how many of each HTTP status; 0 for a connection that broke before the answer
 * @param accepted how many events were accepted
 * @param acceptedPerSecond from the first request to the last answer; NaN where none was measured
 * @param delivered how many times a function took one
 * @param deliveredPerSecond from the first request to the last call of the function; NaN where none was measured
 * @param untilAnswered from when a request was due to its answer
 * @param untilReceived from when a request was due to the call of the function
 * @param cpuSeconds of each process from the first request to the last call
 */
record Phase(
        String title,
        Map<Integer, Integer> answers,
        int accepted,
        double acceptedPerSecond,
        int delivered,
        double deliveredPerSecond,
        Latencies untilAnswered,
        Latencies untilReceived,
        Map<String, Double> cpuSeconds) {

    /** CPU seconds for 10,000 accepted events, of each process. */
    Map<String, Double> cpuSecondsPerTenThousand() {
        Map<String, Double> costs = new TreeMap<>();
        cpuSeconds.forEach((process, seconds) -> costs.put(process, seconds * 10_000 / accepted));
        return costs;
    }

    /** The same of all that is measured: without generator and function. */
    double productCpuSecondsPerTenThousand() {
        return cpuSecondsPerTenThousand().entrySet().stream()
                .filter(process -> !process.getKey().equals(Processes.OWN))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    static Map<String, Double> difference(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> difference = new TreeMap<>();
        after.forEach((process, seconds) ->
                difference.put(process, Math.max(0, seconds - before.getOrDefault(process, 0.0))));
        return difference;
    }
}
