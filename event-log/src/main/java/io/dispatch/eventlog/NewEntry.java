package io.dispatch.eventlog;

import io.dispatch.contracts.event.Event;

/**
 * One event to append.
 *
 * @param organization whose event it is
 * @param subscriptions ids of the subscriptions it matched, possibly none; not to be written to
 * @param event the event itself
 */
@SuppressWarnings("ArrayRecordComponent") // a list would box every id of every event, and entries are never compared
public record NewEntry(String organization, long[] subscriptions, Event event) {}
