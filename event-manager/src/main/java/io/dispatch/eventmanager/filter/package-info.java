/** Filters of subscriptions: the dialects of the CloudEvents Subscriptions API and conditions on the payload, parsed and matched. */
@NullMarked
package io.dispatch.eventmanager.filter;

import org.jspecify.annotations.NullMarked;
