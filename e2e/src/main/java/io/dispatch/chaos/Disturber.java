package io.dispatch.chaos;

import io.dispatch.chaos.Disturbance.Kind;
import io.dispatch.chaos.FunctionSink.Manner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Does to the platform what happens to one on bad days, one after the other, and writes down what and when. For one thread. */
final class Disturber {

    /** What the launcher keeps running. */
    static final List<String> SERVICES = List.of("event-manager", "function-invoker", "api-gateway", "driver-manager");
    /** Longer than a lease, which is 5 s. */
    private static final Duration FROZEN = Duration.ofSeconds(9);

    private static final Duration AWAY = Duration.ofSeconds(8);
    private static final Duration MISBEHAVING = Duration.ofSeconds(6);
    private static final Duration CALM = Duration.ofSeconds(5);

    private final LongSupplier clock;
    private final Consumer<String> news;
    private final Database database;
    private final Platform platform;
    private final FunctionSink sink;
    private final List<Disturbance> done = new ArrayList<>();

    /**
     * Does nothing yet.
     *
     * @param clock nanoseconds since the start of the trial
     * @param news told what is done
     */
    Disturber(LongSupplier clock, Consumer<String> news, Database database, Platform platform, FunctionSink sink) {
        this.clock = clock;
        this.news = news;
        this.database = database;
        this.platform = platform;
        this.sink = sink;
    }

    /** What is done to the platform. */
    @FunctionalInterface
    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    List<Disturbance> done() {
        return List.copyOf(done);
    }

    /** Kills a service; the launcher starts it again. */
    void kill(String service) throws IOException, InterruptedException {
        disturb(Kind.KILL, service, () -> platform.kill(service));
    }

    /** Each disturbance that there is, once. */
    void everything(Generator generator) throws IOException, InterruptedException {
        for (String service : SERVICES) {
            kill(service);
        }
        disturb(Kind.KILL, "postgresql", database::kill);
        disturb(Kind.STOP, "postgresql", () -> database.stop(AWAY));
        disturb(Kind.CUT, "postgresql", () -> database.cut(5, Duration.ofMillis(700)));
        disturb(Kind.CUT, "postgresql", () -> database.cutOff(AWAY));
        for (Manner manner : List.of(Manner.FAIL, Manner.HANG, Manner.ANSWER_LATE)) {
            disturb(Kind.MISBEHAVE, "function: " + manner, () -> misbehave(manner));
        }
        severalOfEach(generator);
    }

    private void misbehave(Manner manner) throws InterruptedException {
        sink.behave(manner);
        Thread.sleep(MISBEHAVING);
        sink.behave(Manner.ANSWER);
    }

    /** Two gateways, event-managers and function-invokers: the first of each is frozen, then the second killed. */
    private void severalOfEach(Generator generator) throws IOException, InterruptedException {
        news.accept("starting a second event-manager, function-invoker and api-gateway");
        ServiceProcess invoker = platform.startReplica("function-invoker", Map.of());
        ServiceProcess manager = platform.startReplica("event-manager", Map.of());
        ServiceProcess gateway = platform.startReplica(
                "api-gateway", Map.of("DISPATCH_GATEWAY_EVENT_MANAGER_URL", "http://127.0.0.1:" + manager.port()));
        generator.spread(List.of(platform.gateway(), Platform.address(gateway.port())));
        for (String service : List.of("function-invoker", "event-manager")) {
            disturb(Kind.FREEZE, service, () -> freeze(platform.service(service)));
        }
        generator.spread(List.of(platform.gateway()));
        for (ServiceProcess replica : List.of(invoker, manager, gateway)) {
            disturb(Kind.KILL, replica.name(), replica::kill);
        }
    }

    private static void freeze(ServiceProcess service) throws IOException, InterruptedException {
        service.signal("STOP");
        try {
            Thread.sleep(FROZEN);
        } finally {
            service.signal("CONT");
        }
    }

    private void disturb(Kind what, String target, Act act) throws IOException, InterruptedException {
        news.accept("%s %s".formatted(what, target));
        long from = clock.getAsLong();
        act.run();
        platform.awaitReady(SERVICES);
        Disturbance disturbance = new Disturbance(what, target, from, clock.getAsLong());
        done.add(disturbance);
        news.accept("all is well again after %.1f s".formatted((disturbance.to() - from) / 1e9));
        Thread.sleep(CALM);
    }
}
