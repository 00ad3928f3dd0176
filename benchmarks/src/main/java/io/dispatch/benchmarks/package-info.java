/**
 * Measures the whole product on one machine. Enters: the product, started by its own script. Leaves: a table for
 * {@code docs/performance.md}. The load
 * generator and the function are plain NIO on a thread each, so that the measuring costs little and is the same everywhere.
 */
@NullMarked
package io.dispatch.benchmarks;

import org.jspecify.annotations.NullMarked;
