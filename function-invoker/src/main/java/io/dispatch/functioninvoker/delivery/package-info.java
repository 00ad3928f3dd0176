/**
 * Delivery: events come out of the log by offset, each is owed to its subscriptions, and every delivery ends as a run that
 * succeeded or as a dead letter, whatever is killed on the way.
 */
@NullMarked
package io.dispatch.functioninvoker.delivery;

import org.jspecify.annotations.NullMarked;
