package io.dispatch.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The README's quick start, done for the user: the clock emits events, a function greets them, the runs are shown. */
final class Demo {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String RUNS = "/v1/runs?functionName=hello";

    private final GatewayClient gateway;
    private final PrintStream out;

    Demo(GatewayClient gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    /**
     * Creates what the quick start creates; what is there stays as it is.
     *
     * @throws LaunchException if the gateway refuses
     */
    void create() throws InterruptedException {
        gateway.create(
                "/v1/event/drivertypes", Map.of("name", "cron", "image", "dispatchframework/dispatch-events-cron"));
        gateway.create(
                "/v1/event/drivers",
                Map.of(
                        "name",
                        "heartbeat",
                        "type",
                        "cron",
                        "config",
                        List.of(Map.of("key", "cron", "value", "@every 2s"))));
        gateway.create("/v1/function", Map.of("name", "hello", "command", List.of("hello")));
        gateway.create(
                "/v1/event/subscriptions",
                Map.of("name", "hello-heartbeat", "eventType", "cron.trigger", "function", "hello"));
        out.println(
                "The demo's driver \"heartbeat\" emits an event every 2 s; these are the runs of function \"hello\":");
    }

    /** Prints each run once it has ended, until interrupted. */
    void showRuns() throws InterruptedException {
        Set<String> shown = new HashSet<>();
        while (true) {
            try {
                Set<String> listed = new HashSet<>();
                for (JsonNode run : gateway.read(RUNS)) {
                    String name = run.path("name").asString();
                    if (hasEnded(run) && !shown.contains(name)) {
                        out.println(line(run));
                    }
                    if (hasEnded(run)) {
                        listed.add(name);
                    }
                }
                shown.addAll(listed);
                // What the list no longer holds will not come back.
                shown.retainAll(listed);
            } catch (LaunchException e) {
                // A service that was killed is back in a moment.
                out.println(e.getMessage());
            }
            Thread.sleep(PAUSE);
        }
    }

    private static boolean hasEnded(JsonNode run) {
        String status = run.path("status").asString();
        return status.equals("READY") || status.equals("ERROR");
    }

    private static String line(JsonNode run) {
        return "  %s  %s  %s  %s"
                .formatted(
                        run.path("status").asString(),
                        run.path("name").asString(),
                        run.path("event").path("eventType").asString(),
                        run.path("status").asString().equals("ERROR")
                                ? run.path("error").path("message")
                                : run.path("output"));
    }
}
