package io.dispatch.eventlog;

/**
 * Where an event stands in the log.
 *
 * @param partition number of the partition, from 0
 * @param offset place within the partition, from 0, without gaps
 */
public record Position(int partition, long offset) {}
