/** The event: one immutable model of it, and how it travels between CloudEvents 1.0, 0.3 and the platform's own 0.1. */
@NullMarked
package io.dispatch.contracts.event;

import org.jspecify.annotations.NullMarked;
