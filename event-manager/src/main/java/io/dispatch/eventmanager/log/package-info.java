/** What the event log holds, shown to its owners. */
@NullMarked
package io.dispatch.eventmanager.log;

import org.jspecify.annotations.NullMarked;
