package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Turns one source: polls when it is due, sends the batches, commits them in the order they were read. */
final class PollingLoop {

    /** The clock is looked at this often while waiting, so that a clock that was set or a machine that slept is noticed. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final PollingSource source;
    private final DriverContext context;
    private final Backoff backoff;
    private final Semaphore free;

    PollingLoop(PollingSource source, DriverContext context, Backoff backoff) {
        this.source = source;
        this.context = context;
        this.backoff = backoff;
        this.free = new Semaphore(source.batchesInFlight());
    }

    /** Returns when the stop was requested and every batch that was read is committed. */
    void run() throws InterruptedException {
        try (ExecutorService sends = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                Future<?> last = CompletableFuture.completedFuture(null);
                int failures = 0;
                while (!context.stop().requested()) {
                    free.acquire();
                    if (last.isDone()) {
                        last.get(); // a batch that failed for good must not go unnoticed
                    }
                    try {
                        Batch batch = context.stop().requested() ? Batch.empty(Instant.MIN) : source.poll();
                        context.status().connected();
                        failures = 0;
                        last = handOver(batch, last, sends);
                        waitUntil(batch.next());
                    } catch (IOException e) {
                        free.release();
                        context.status().disconnected(e.toString());
                        context.stop().await(backoff.delay(failures++, null));
                    }
                }
                last.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a batch was not settled", e.getCause());
            } finally {
                sends.shutdownNow();
            }
        }
    }

    private Future<?> handOver(Batch batch, Future<?> before, ExecutorService sends) {
        if (batch.events().isEmpty()) {
            free.release();
            return before;
        }
        context.status().received(batch.events().size());
        return sends.submit(() -> {
            try {
                settle(batch, before);
            } finally {
                free.release();
            }
            return batch;
        });
    }

    private void settle(Batch batch, Future<?> before) throws InterruptedException, ExecutionException {
        for (CloudEvent event : batch.events()) {
            context.emitter().send(event);
        }
        before.get();
        for (int failures = 0; ; failures++) {
            try {
                batch.commit().commit();
                context.status().checkpointed();
                return;
            } catch (IOException e) {
                context.status().notCheckpointed(e.toString());
                Thread.sleep(backoff.delay(failures, null));
            }
        }
    }

    private void waitUntil(Instant next) throws InterruptedException {
        Duration left = Duration.between(context.clock().instant(), next);
        while (left.isPositive() && !context.stop().await(left.compareTo(LOOK) < 0 ? left : LOOK)) {
            left = Duration.between(context.clock().instant(), next);
        }
    }
}
