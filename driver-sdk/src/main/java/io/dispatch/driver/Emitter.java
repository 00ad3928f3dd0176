package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Hands events to the sink until it has them. Blocks its caller, who runs on a virtual thread; at most {@value #WINDOW} events are
 * under way at once, further callers wait. Thread-safe.
 */
public final class Emitter {

    static final int WINDOW = 64;

    private final Semaphore window = new Semaphore(WINDOW, true);
    private final Sink sink;
    private final Backoff backoff;
    private final DriverStatus status;
    private final Consumer<DeadLetter> deadLetters;
    private final Pause pause;

    /** Waits between two attempts; a test only counts. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    Emitter(Sink sink, Backoff backoff, DriverStatus status, Consumer<DeadLetter> deadLetters, Pause pause) {
        this.pause = pause;
        this.sink = sink;
        this.backoff = backoff;
        this.status = status;
        this.deadLetters = deadLetters;
    }

    /**
     * Tries until the sink has the event, or refuses it for good and it is a dead letter.
     *
     * @throws InterruptedException if the driver must end; the event may or may not have arrived
     */
    public void send(CloudEvent event) throws InterruptedException {
        window.acquire();
        status.sending(1);
        try {
            for (int failures = 0; ; failures++) {
                switch (sink.deliver(event)) {
                    case SinkAnswer.Accepted _ -> {
                        status.sent(event);
                        return;
                    }
                    case SinkAnswer.Refused refused -> {
                        status.refused(event, refused);
                        deadLetters.accept(new DeadLetter(event, refused.status(), refused.reason()));
                        return;
                    }
                    case SinkAnswer.TryAgain again -> {
                        status.retrying(event, again);
                        pause.of(backoff.delay(failures, again.notBefore()));
                    }
                }
            }
        } finally {
            status.sending(-1);
            window.release();
        }
    }
}
