package io.dispatch.driver;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What one poll brought.
 *
 * @param events sent one after the other, in this order; may be empty
 * @param commit called once all events are acknowledged or dead, never for an empty batch
 * @param next not before this instant is polled again
 */
public record Batch(List<CloudEvent> events, Commit commit, Instant next) {

    /** Acknowledges a batch upstream or saves that it is done; called again when it fails. */
    @FunctionalInterface
    public interface Commit {
        void commit() throws IOException;
    }

    /** A poll that brought nothing. */
    public static Batch empty(Instant next) {
        return new Batch(List.of(), () -> {}, next);
    }
}
