/** Replays: events of the log are appended once more, owed to one subscription or function. */
@NullMarked
package io.dispatch.eventmanager.replay;

import org.jspecify.annotations.NullMarked;
