/** Who wants what: subscriptions as a resource, their publication, and the index that events are matched against. */
@NullMarked
package io.dispatch.eventmanager.subscription;

import org.jspecify.annotations.NullMarked;
