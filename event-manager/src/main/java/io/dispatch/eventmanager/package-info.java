/** Accepts events, writes them to the event log, and knows who wants what. */
@NullMarked
package io.dispatch.eventmanager;

import org.jspecify.annotations.NullMarked;
