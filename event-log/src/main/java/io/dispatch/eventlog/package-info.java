/** The durable hand-over of events from who accepts them to who delivers them: append, and read on from an offset. */
@NullMarked
package io.dispatch.eventlog;

import org.jspecify.annotations.NullMarked;
