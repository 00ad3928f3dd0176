package io.dispatch.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One trial: load, disturbances while it lasts, and the verdict when all is quiet again. For one thread. */
final class Trial {

    private static final int CONNECTIONS = 48;
    private static final int WARM_UP = 500;
    private static final List<String> KILLED_IN_BRIEF = List.of("event-manager", "function-invoker", "api-gateway");
    private static final Duration LONGEST_LOAD = Duration.ofHours(1);
    /** As long without a success, and what is missing is lost: longer than a failed delivery waits for its next attempt. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** As long after the last success a call might be made again. */
    private static final Duration QUIET = Duration.ofSeconds(6);

    private final Plan plan;
    private final Path root;
    private final Path folder;
    private final Consumer<String> out;
    private final long start = System.nanoTime();

    /**
     * Does nothing yet.
     *
     * @param root the checkout, built
     * @param folder empty; for data, logs and journals
     * @param out told line by line what is done
     */
    Trial(Plan plan, Path root, Path folder, Consumer<String> out) {
        this.plan = plan;
        this.root = root;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Starts a platform, tries it, and stops it.
     *
     * @throws IllegalStateException if something does not start, or not again
     */
    Verdict run() throws IOException, InterruptedException {
        Path binaries = root.resolve(".dispatch").resolve("cache");
        try (FunctionSink sink = new FunctionSink(this::nanos, Plan.TIMEOUT);
                Generator generator = new Generator(this::nanos, RandomGenerator.getDefault(), plan.perSecond());
                Database database = Database.start(folder.resolve("postgresql"), binaries);
                Platform platform = Platform.start(root, folder, database)) {
            for (String subscription : plan.rules().subscriptions()) {
                subscribe(platform, sink, subscription);
            }
            Disturber disturber = new Disturber(
                    this::nanos,
                    what -> say("accepted %d: %s".formatted(generator.accepted(), what)),
                    database,
                    platform,
                    sink);
            say("emitting %.0f events a second".formatted(plan.perSecond()));
            generator.start(CONNECTIONS, List.of(platform.gateway()));
            disturb(generator, disturber);
            generator.stop();
            say("accepted %d: waiting for the rest to be delivered".formatted(generator.accepted()));
            awaitDelivered(generator, sink);
            Thread.sleep(QUIET);
            sink.stop();
            Journal journal = new Journal(generator.emissions(), sink.calls(), disturber.done());
            journal.write(folder.resolve("journal"));
            say("the journals are in " + folder.resolve("journal"));
            return Judge.judge(journal, plan.rules());
        }
    }

    private void disturb(Generator generator, Disturber disturber) throws IOException, InterruptedException {
        awaitAccepted(WARM_UP, generator);
        if (plan.everything()) {
            disturber.everything(generator);
            for (int i = 0; generator.accepted() < plan.events(); i++) {
                disturber.kill(Disturber.SERVICES.get(i % Disturber.SERVICES.size()));
            }
        } else {
            for (String service : KILLED_IN_BRIEF) {
                disturber.kill(service);
            }
            awaitAccepted(plan.events(), generator);
        }
    }

    private static void awaitAccepted(int events, Generator generator) throws IOException, InterruptedException {
        Wait.until("%d events are accepted".formatted(events), LONGEST_LOAD, () -> generator.accepted() >= events);
    }

    private void subscribe(Platform platform, FunctionSink sink, String name) throws IOException, InterruptedException {
        platform.create(
                "/v1/function",
                "{\"name\": \"%s\", \"endpoint\": \"http://127.0.0.1:%d/%s\", \"timeout\": %d}"
                        .formatted(name, sink.port(), name, Plan.TIMEOUT.toMillis()));
        platform.create("/v1/event/subscriptions", """
                {"name": "%s", "eventType": "%s", "function": "%s"%s}""".formatted(
                        name,
                        Generator.TYPE,
                        name,
                        plan.rules().ordered().contains(name) ? ", \"delivery\": {\"ordering\": \"key\"}" : ""));
    }

    /** Returns when every accepted event has reached its functions, or none has for a while. */
    private void awaitDelivered(Generator generator, FunctionSink sink) throws InterruptedException {
        List<Emission> accepted =
                generator.emissions().stream().filter(Emission::isAccepted).toList();
        long missing = missing(accepted, sink);
        long moved = nanos();
        while (missing > 0 && nanos() - moved < PATIENCE.toNanos()) {
            Thread.sleep(200);
            long now = missing(accepted, sink);
            if (now < missing) {
                missing = now;
                moved = nanos();
            }
        }
    }

    private long missing(List<Emission> accepted, FunctionSink sink) {
        return plan.rules().subscriptions().stream()
                .mapToLong(subscription -> accepted.stream()
                        .filter(emission -> !sink.hasSucceeded(subscription, emission.number()))
                        .count())
                .sum();
    }

    /** Since the start of the trial. */
    private long nanos() {
        return System.nanoTime() - start;
    }

    private void say(String what) {
        long seconds = Duration.ofNanos(nanos()).toSeconds();
        out.accept("%d:%02d  %s".formatted(seconds / 60, seconds % 60, what));
    }
}
