package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.Api;
import io.dispatch.functioninvoker.FakeFunction;
import io.dispatch.functioninvoker.InvokerTest;
import io.dispatch.functioninvoker.call.FunctionCaller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Delivery turned by hand, beside a service that has let its partitions go. */
abstract class DeliveryStory extends InvokerTest {

    final FakeFunction function = new FakeFunction();
    final SettableClock clock = new SettableClock();
    private final List<Node> nodes = new ArrayList<>();
    final String organization = unique("delivery");

    @Autowired
    DeliveryLoops loops;

    @Autowired
    DeliveryEngine.Stores stores;

    @Autowired
    FunctionCaller functions;

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void handOver() {
        loops.stop();
    }

    @AfterEach
    void handBack() {
        nodes.forEach(Node::stop);
        function.close();
        loops.start();
    }

    /** A function of this name that stands where {@link #function} does, and a subscription to it. */
    final long subscribed(String name) {
        api().createFunction(name, function.url(), "");
        return subscribe(organization, name);
    }

    final Node node() {
        return node(Node.SETTINGS);
    }

    final Node node(DeliverySettings settings) {
        return node(settings, clock);
    }

    final Node node(DeliverySettings settings, Clock time) {
        Node node = new Node(stores, dataSource, functions, settings, time);
        nodes.add(node);
        return node;
    }

    final Api api() {
        return api(organization);
    }

    final JsonNode runs() {
        return api().get("/v1/runs").json();
    }

    final int deliveryRows() {
        return jdbc.sql("""
                        select count(*) from function_invoker.delivery d join event_log.subscription s on s.id = d.subscription
                         where s.organization = ?""").param(organization).query(Integer.class).single();
    }

    final List<Map<String, @Nullable Object>> deadLetters() {
        return jdbc.sql("select * from function_invoker.dead_letter where organization = ?")
                .param(organization)
                .query()
                .listOfRows();
    }

    static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
