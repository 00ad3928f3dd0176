package io.dispatch.functioninvoker.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What is to be settled, in the order it came. Bounded by what windows and lanes hold. Any thread adds, one takes.
 *
 * <p>Gathering for some milliseconds costs nobody anything, as the calls are made already, and makes one transaction of many.
 */
final class News {

    private final BlockingQueue<Settlement> queue = new LinkedBlockingQueue<>();
    private final List<Settlement> first = new ArrayList<>(1);
    private final int batch;
    private final Duration gather;

    /**
     * @param batch the most that is taken at once, 1 or more
     * @param gather how long to wait for more once there is something
     */
    News(int batch, Duration gather) {
        this.batch = batch;
        this.gather = gather;
    }

    void add(Settlement settlement) {
        queue.add(settlement);
    }

    /**
     * Waits until there is something, and some more for company.
     *
     * @param most how long to wait if there is nothing
     */
    void await(Duration most) throws InterruptedException {
        Settlement one = queue.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        if (one != null) {
            first.add(one);
            if (queue.size() < batch) {
                Thread.sleep(gather);
            }
        }
    }

    /** Takes what is there, up to a batch; never waits. */
    List<Settlement> take() {
        List<Settlement> taken = new ArrayList<>(first);
        first.clear();
        queue.drainTo(taken, batch - taken.size());
        return taken;
    }

    boolean isEmpty() {
        return first.isEmpty() && queue.isEmpty();
    }
}
