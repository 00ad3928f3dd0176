/**
 * Measures the whole product on one machine. Enters: the product, started by its own script. Leaves: a table for
 * {@code docs/performance.md}. Nothing but the JDK, so that the measuring costs little and is the same everywhere.
 */
@NullMarked
package io.dispatch.benchmarks;

import org.jspecify.annotations.NullMarked;
