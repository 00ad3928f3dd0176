package io.dispatch.driver;

import io.cloudevents.CloudEvent;

/** One attempt to hand an event over. Thread-safe. */
@FunctionalInterface
interface Sink {

    SinkAnswer deliver(CloudEvent event);
}
