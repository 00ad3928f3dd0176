/** The wire of the event log: {@code /v1/event/events} and what else tells of accepted events. */
@NullMarked
package io.dispatch.contracts.log;

import org.jspecify.annotations.NullMarked;
