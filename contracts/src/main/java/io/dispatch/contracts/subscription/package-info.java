/** The wire of subscriptions: what a client sends and gets. */
@NullMarked
package io.dispatch.contracts.subscription;

import org.jspecify.annotations.NullMarked;
