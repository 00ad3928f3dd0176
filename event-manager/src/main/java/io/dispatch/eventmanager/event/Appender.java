package io.dispatch.eventmanager.event;

import io.dispatch.http.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Gathers the events of many requests into groups, each of which is one transaction: the number of transactions decides what
 * accepting costs. One thread appends; any number of threads may submit. What waits is bounded by its size.
 */
@Component
class Appender implements DisposableBean {
    /** What may wait in memory; more is refused. */
    private static final long MAX_WAITING_BYTES = 32L << 20;

    /** A group ends when it is this large; a request is never divided. */
    private static final long MAX_GROUP_BYTES = 2L << 20;

    /** Below this rate a group that is ready is appended at once, as waiting would cost time and save nothing. */
    private static final double BUSY_EVENTS_PER_SECOND = 500;

    private static final long BUSY_WAIT_NANOS = Duration.ofMillis(2).toNanos();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Request STOP = Request.of("", List.of());

    private final GroupAppend groupAppend;
    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final ArrivalRate rate = new ArrivalRate();
    private final Thread thread;
    private volatile boolean closed;

    Appender(GroupAppend groupAppend) {
        this.groupAppend = groupAppend;
        this.thread = Thread.ofPlatform().name("appender").start(this::run);
    }

    /**
     * Takes events to be appended; {@link Request#outcome} tells what became of them.
     *
     * @throws ApiException 503 if too much is waiting already, or the service is being stopped: nothing was taken
     */
    void submit(Request request) {
        if (waitingBytes.get() + request.size() > MAX_WAITING_BYTES) {
            throw ApiException.unavailable("too many events are waiting to be written, try again", RETRY_AFTER);
        }
        waitingBytes.addAndGet(request.size());
        waiting.add(request);
        if (closed && waiting.remove(request)) {
            throw stopping();
        }
    }

    /** Writes what is waiting and stops. */
    @Override
    public void destroy() throws InterruptedException {
        closed = true;
        waiting.add(STOP);
        thread.join();
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = appendGroup(waiting.take());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(request -> request.outcome().completeExceptionally(stopping()));
    }

    /** Appends a request together with what else is waiting; returns false when the end has been reached. */
    private boolean appendGroup(Request first) {
        boolean busy = rate.perSecond() > BUSY_EVENTS_PER_SECOND;
        if (busy && waitingBytes.get() < MAX_GROUP_BYTES) {
            LockSupport.parkNanos(BUSY_WAIT_NANOS);
        }
        List<Request> group = new ArrayList<>();
        long bytes = 0;
        int events = 0;
        Request next = first;
        while (next != null && !next.equals(STOP)) {
            group.add(next);
            bytes += next.size();
            events += next.events().size();
            next = bytes < MAX_GROUP_BYTES ? waiting.poll() : null;
        }
        if (!group.isEmpty()) {
            groupAppend.append(group);
            waitingBytes.addAndGet(-bytes);
            rate.add(events, System.nanoTime());
        }
        return !STOP.equals(next);
    }

    private static ApiException stopping() {
        return ApiException.unavailable("the service is being stopped, try again", RETRY_AFTER);
    }
}
