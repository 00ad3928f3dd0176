package io.dispatch.functioninvoker.delivery;

import io.dispatch.database.PublishedSchema;
import io.dispatch.functioninvoker.call.FunctionCaller;
import io.dispatch.functioninvoker.delivery.DeliveryEngine.Stores;
import io.dispatch.functioninvoker.owner.Owner;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** One replica's delivery, turned by hand. */
final class Node {

    static final DeliverySettings SETTINGS = new DeliverySettings(
            Duration.ofSeconds(60),
            100,
            DataSize.ofMegabytes(1),
            Duration.ofMillis(50),
            2,
            2,
            0,
            3,
            Duration.ZERO,
            1_000,
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            4,
            Duration.ofHours(24),
            Duration.ofMillis(200),
            Duration.ofMinutes(10));

    final DeliveryEngine engine;
    final Owner owner;
    private final Leases leases;
    private final DeliverySettings settings;

    Node(Stores context, DataSource dataSource, FunctionCaller functions, DeliverySettings settings, Clock clock) {
        this.settings = settings;
        var template = new JdbcTemplate(dataSource);
        owner = new Owner(dataSource, new Random());
        leases = new Leases(template, JdbcClient.create(dataSource), owner);
        var books = new Books(
                leases,
                context.runs(),
                context.deliveries(),
                context.deadLetters(),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        var stores = new Stores(
                owner,
                leases,
                books,
                context.deliveries(),
                context.deadLetters(),
                context.runs(),
                context.names(),
                context.replies(),
                context.log(),
                context.signal(),
                context.subscriptions());
        engine = new DeliveryEngine(stores, functions, settings, clock, new Random(1));
    }

    /** What turns it from start to stop, instead of by hand. */
    DeliveryLoops loops(PublishedSchema schema) {
        return new DeliveryLoops(() -> engine, leases, schema, settings, Clock.systemUTC());
    }

    /** Takes what is free, reads on, brings back what is due; the calls begin. */
    void read() {
        engine.leases.turn();
        engine.subscriptions.refresh();
        while (engine.log.turn() > 0) {}
        engine.due.turn();
    }

    /** Waits until no call is made any more. */
    void awaitCalls() {
        soon().until(() -> engine.lanes.calls() == 0);
    }

    /** Looks at once and then often, as stories turn a node many times. */
    private static ConditionFactory soon() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    /** Writes down what came of the calls. */
    void settle() {
        try {
            do {
                engine.settler.turn();
            } while (!engine.news.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All of that, once. */
    void turn() {
        read();
        awaitCalls();
        settle();
    }

    /** All of that, until this is so. */
    void turnUntil(Callable<Boolean> done) {
        soon().until(() -> {
            turn();
            return done.call();
        });
    }

    /** As if it had never been: its session is gone, as after a kill, and nothing more is settled. */
    void kill() {
        owner.close();
    }

    /** Ends in good order. */
    void stop() {
        leases.release();
        owner.close();
    }
}
