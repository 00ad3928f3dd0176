package io.dispatch.eventlog;

import io.dispatch.contracts.event.Event;
import java.time.Instant;

/**
 * One event of the log. Entries are told apart by partition and offset; the record's own equality is not meant to be used.
 *
 * @param partition number of the partition, from 0
 * @param offset place within the partition, from 0, without gaps
 * @param organization whose event it is
 * @param acceptedAt when it was appended, by the database's clock
 * @param subscriptions ids of the subscriptions it matched when it was accepted; not to be written to
 * @param event the event itself
 */
@SuppressWarnings("ArrayRecordComponent") // a list would box every id of every event, and entries are never compared
public record LogEntry(
        int partition, long offset, String organization, Instant acceptedAt, long[] subscriptions, Event event) {

    /** Where the event stands. */
    public Position position() {
        return new Position(partition, offset);
    }
}
