/** What is there and whether it works: {@code version} and {@code doctor}. */
@NullMarked
package io.dispatch.cli.diagnosis;

import org.jspecify.annotations.NullMarked;
