package io.dispatch.chaos;

import io.dispatch.chaos.Disturbance.Kind;
import io.dispatch.chaos.FunctionSink.Manner;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    private int replicas = 1;

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

    /** Two gateways, event-managers and function-invokers: the first of each is frozen, then each of them killed. */
    private void severalOfEach(Generator generator) throws IOException, InterruptedException {
        news.accept("starting a second event-manager and function-invoker, and two gateways before them");
        Replica invoker = platform.startReplica("function-invoker", Map.of());
        Replica manager = platform.startReplica("event-manager", Map.of());
        int first = platform.service("event-manager").port();
        Replica gateway = platform.startReplica("api-gateway", before(first, manager.port()));
        Replica other = platform.startReplica("api-gateway", before(manager.port(), first));
        List<InetSocketAddress> gateways = List.of(Platform.address(gateway.port()), Platform.address(other.port()));
        generator.spread(gateways);
        replicas = 2;
        for (ServiceProcess frozen : List.of(
                platform.service("function-invoker"), platform.service("event-manager"), platform.process(gateway))) {
            disturb(Kind.FREEZE, frozen.name(), () -> freeze(frozen));
        }
        for (String service : List.of("event-manager", "function-invoker")) {
            kill(service);
        }
        for (Replica replica : List.of(manager, invoker, gateway, other)) {
            generator.spread(gateways);
            disturb(Kind.KILL, replica.name(), () -> platform.kill(replica));
        }
        generator.spread(List.of(platform.gateway()));
        for (Replica replica : List.of(invoker, manager)) {
            disturb(Kind.KILL, replica.name(), () -> platform.end(replica));
        }
        platform.end(gateway);
        platform.end(other);
        replicas = 1;
    }

    /** The settings of a gateway that sends to the first of these, or else to the second. */
    private static Map<String, String> before(int first, int second) {
        return Map.of(
                "DISPATCH_GATEWAY_EVENT_MANAGER_URL",
                "http://127.0.0.1:%d,http://127.0.0.1:%d".formatted(first, second));
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
        Disturbance disturbance = new Disturbance(what, target, from, clock.getAsLong(), replicas);
        done.add(disturbance);
        news.accept("all is well again after %.1f s".formatted((disturbance.to() - from) / 1e9));
        Thread.sleep(CALM);
    }
}
