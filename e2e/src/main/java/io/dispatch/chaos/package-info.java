/**
 * Proves the delivery guarantee from outside: events go in, calls come out, and meanwhile everything is killed. Enters: a checkout
 * that is built. Leaves: journals and a verdict. Shares no code with the services.
 */
@NullMarked
package io.dispatch.chaos;

import org.jspecify.annotations.NullMarked;
