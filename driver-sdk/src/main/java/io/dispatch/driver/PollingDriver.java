package io.dispatch.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A driver that reads: poll, send until acknowledged, commit, in that order and never another. */
public abstract class PollingDriver implements EventDriver {

    /**
     * What to read; each source is polled by a virtual thread of its own.
     *
     * @throws ConfigurationException if the options contradict each other or cannot be used
     */
    protected abstract List<PollingSource> sources(DriverContext context);

    @Override
    public final void run(DriverContext context) throws InterruptedException {
        List<PollingSource> sources = sources(context);
        context.status().started();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> loops = new ArrayList<>();
            for (PollingSource source : sources) {
                loops.add(threads.submit(() -> {
                    new PollingLoop(source, context, new Backoff(context.random())).run();
                    return source;
                }));
            }
            join(loops, threads);
        }
    }

    /** A loop that fails is a defect of the driver: the others end too, and with them the process. */
    private static void join(List<Future<?>> loops, ExecutorService threads) throws InterruptedException {
        try {
            for (Future<?> loop : loops) {
                loop.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the driver failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
