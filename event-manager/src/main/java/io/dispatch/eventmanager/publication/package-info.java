/** What others may read of subscriptions and replays, written in the transaction of each change. */
@NullMarked
package io.dispatch.eventmanager.publication;

import org.jspecify.annotations.NullMarked;
