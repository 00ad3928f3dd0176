/** Stories of the event log as its owners see it. */
@NullMarked
package io.dispatch.eventmanager.log;

import org.jspecify.annotations.NullMarked;
