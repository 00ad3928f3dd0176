/** The way of an event in: read, matched, appended to the log, acknowledged. */
@NullMarked
package io.dispatch.eventmanager.event;

import org.jspecify.annotations.NullMarked;
