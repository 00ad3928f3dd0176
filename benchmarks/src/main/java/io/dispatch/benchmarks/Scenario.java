package io.dispatch.benchmarks;

/**
 * A load, and the function that gets it.
 *
 * @param title what it is called in the report
 * @param function what the function does: a path of {@link FunctionSink}, after which the event type is named too
 * @param sending how events travel
 * @param perSecond requests a second, or 0 for as many as the connections take
 * @param subscriptions how many want each event
 */
record Scenario(String title, String function, Sending sending, double perSecond, int subscriptions) {

    /** How events travel. */
    enum Sending {
        BINARY(1),
        STRUCTURED(1),
        BATCH(100);

        private final int events;

        Sending(int events) {
            this.events = events;
        }

        /** How many events a request carries. */
        int events() {
            return events;
        }
    }

    static Scenario closedLoop(String title, String function, Sending sending) {
        return new Scenario(title, function, sending, 0, 1);
    }

    static Scenario openLoop(String title, String function, double perSecond) {
        return new Scenario(title, function, Sending.BINARY, perSecond, 1);
    }

    String eventType() {
        return "benchmark." + function;
    }
}
