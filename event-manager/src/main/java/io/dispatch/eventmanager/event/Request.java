package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Events of one request on their way into the log: all of them or none.
 *
 * @param organization whose events they are
 * @param events the events
 * @param outcome completed once the events are on disk or have been dropped, one acceptance for each; or with the reason why
 *     nothing was kept
 */
record Request(String organization, List<Event> events, CompletableFuture<List<Acceptance>> outcome) {
    /** What an event costs in memory beside its payload, roughly. */
    private static final int OVERHEAD = 1024;

    static Request of(String organization, List<Event> events) {
        return new Request(organization, events, new CompletableFuture<>());
    }

    /** Roughly the bytes that it holds in memory. */
    long size() {
        long size = 0;
        for (Event event : events) {
            byte[] data = event.data();
            size += OVERHEAD + (data == null ? 0 : data.length);
        }
        return size;
    }
}
