package io.dispatch.benchmarks;

import io.dispatch.benchmarks.Options.Part;
import io.dispatch.benchmarks.Scenario.Sending;
import java.io.IOException;
import java.util.List;

/** All loads, part by part; one that fails is named in the report, and the next is put on. */
final class Loads {

    /** A function that answers at once; its subscription is there from the beginning. */
    static final String QUICK = "quick";

    /** Of a function that is measured alone and then beside one that answers in 5 s, which is fed at the same rate. */
    private static final double BESIDE_RATE = 200;

    private static final double BESIDE_REPLAY_RATE = 1_000;

    private final Options options;
    private final Product product;
    private final Measurement measurement;
    private final Report report;

    Loads(Options options, Product product, Measurement measurement, Report report) {
        this.options = options;
        this.product = product;
        this.measurement = measurement;
        this.report = report;
    }

    /** One load. */
    @FunctionalInterface
    private interface Load {
        Phase run() throws IOException, InterruptedException;
    }

    /** Measures all loads of a part. */
    void run(Part part) throws InterruptedException {
        switch (part) {
            case RATES -> rates();
            case MODES -> modes();
            case FUNCTIONS -> functions();
            case REPLAY -> replay();
            case BACKLOG -> backlog();
            case SUBSCRIPTIONS -> subscriptions();
        }
    }

    /** As much as goes, and what is asked for in a second: events of one type to one function that answers at once. */
    private void rates() throws InterruptedException {
        measure(Scenario.closedLoop("closed loop", QUICK, Sending.BINARY));
        for (double rate : options.rates()) {
            measure(Scenario.openLoop("open loop, %,.0f/s".formatted(rate), QUICK, rate));
        }
    }

    private void modes() throws InterruptedException {
        measure(Scenario.closedLoop("binary", QUICK, Sending.BINARY));
        measure(Scenario.closedLoop("structured", QUICK, Sending.STRUCTURED));
        measure(Scenario.closedLoop("batches of 100", QUICK, Sending.BATCH));
    }

    private void functions() throws InterruptedException {
        for (Scenario scenario : List.of(
                new Scenario("ten subscriptions want each event", FunctionSink.SHARED, Sending.BINARY, 0, 10),
                Scenario.closedLoop("a function fails 10 % of the calls", FunctionSink.UNSTEADY, Sending.BINARY),
                Scenario.closedLoop("a function answers in 50 ms", FunctionSink.SLOW, Sending.BINARY))) {
            measure(scenario.title(), () -> {
                measurement.prepare(scenario);
                return measurement.run(scenario, options.seconds());
            });
        }
        measure(Scenario.openLoop("%.0f/s alone".formatted(BESIDE_RATE), QUICK, BESIDE_RATE));
        Scenario hanging = Scenario.openLoop("", FunctionSink.HANGING, BESIDE_RATE);
        Scenario beside = Scenario.openLoop("the same beside one that answers in 5 s", QUICK, BESIDE_RATE);
        measure(beside.title(), () -> {
            measurement.prepare(hanging);
            return measurement.runBeside(hanging, beside, options.seconds());
        });
    }

    private void replay() throws InterruptedException {
        BesideReplay replay = new BesideReplay(product, measurement);
        measure("events that are replayed later", () -> replay.prepare(options.seconds()));
        measure(Scenario.openLoop("%,.0f/s alone".formatted(BESIDE_REPLAY_RATE), QUICK, BESIDE_REPLAY_RATE));
        Scenario beside = Scenario.openLoop("the same beside a replay", QUICK, BESIDE_REPLAY_RATE);
        measure(beside.title(), () -> {
            BesideReplay.Result result = replay.run(beside, options.seconds());
            report.note("the replay of the next row handed over %,d events meanwhile".formatted(result.replayed()));
            return result.phase();
        });
    }

    /** What was accepted while its subscription was paused, and how fast it drains when that goes on. */
    private void backlog() throws InterruptedException {
        Scenario backlog = Scenario.closedLoop(
                "a backlog of %,d gathers, in batches of 100".formatted(options.backlog()), "backlog", Sending.BATCH);
        measure(backlog.title(), () -> {
            measurement.prepare(backlog);
            measurement.pause(backlog, true);
            Phase gathered = measurement.emit(
                    backlog, options.backlog() / backlog.sending().events());
            report.load(gathered);
            report.say("it drains");
            return measurement.drain("it drains", backlog, gathered.accepted());
        });
    }

    private void subscriptions() throws InterruptedException {
        ManySubscriptions others = new ManySubscriptions(product);
        for (int count : List.of(1_000, 10_000)) {
            Scenario scenario = Scenario.closedLoop(
                    "%,d subscriptions, of which one wants each event".formatted(count), QUICK, Sending.BINARY);
            measure(scenario.title(), () -> {
                double seconds = others.createUpTo(count);
                report.note("%,d subscriptions were there after %.1f s more".formatted(count, seconds));
                return measurement.run(scenario, options.seconds());
            });
        }
    }

    private void measure(Scenario scenario) throws InterruptedException {
        measure(scenario.title(), () -> measurement.run(scenario, options.seconds()));
    }

    private void measure(String title, Load load) throws InterruptedException {
        report.say(title);
        try {
            report.load(load.run());
        } catch (IOException | RuntimeException e) {
            report.note("%s: failed: %s".formatted(title, e.getMessage()));
        }
    }
}
