package io.dispatch.driver;

import io.cloudevents.CloudEvent;

/**
 * An event the sink will never take.
 *
 * @param status the HTTP status of the refusal
 * @param reason one sentence with what the sink said
 */
record DeadLetter(CloudEvent event, int status, String reason) {}
