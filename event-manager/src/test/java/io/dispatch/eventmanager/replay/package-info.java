/** Stories of the event log as its owners see it. */
@NullMarked
package io.dispatch.eventmanager.replay;

import org.jspecify.annotations.NullMarked;
