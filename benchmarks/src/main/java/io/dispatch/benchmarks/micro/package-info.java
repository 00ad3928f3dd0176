/** Measures, by JMH, what the product does with each event in memory: reading it and finding who wants it. One thread, no HTTP, no database. */
@NullMarked
package io.dispatch.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
