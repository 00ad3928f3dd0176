package io.dispatch.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Subscriptions that want none of the events that come. */
final class ManySubscriptions {

    private static final int AT_ONCE = 8;

    private final Product product;
    private int created;

    ManySubscriptions(Product product) {
        this.product = product;
    }

    /**
     * Creates what is missing to so many, some at once.
     *
     * @return seconds that it took
     */
    double createUpTo(int count) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            while (created < count) {
                int number = created++;
                all.add(clients.submit(() -> product.create(
                        "/v1/event/subscriptions",
                        "{\"name\":\"other%1$d\",\"eventType\":\"other.%1$d\",\"function\":\"quick0\"}"
                                .formatted(number))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("subscriptions cannot be created: " + e.getCause(), e);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
