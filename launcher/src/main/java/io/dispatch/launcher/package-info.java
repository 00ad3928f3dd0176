/** {@code ./dispatch up}: PostgreSQL and the four services as child processes of one command, on one machine. */
@NullMarked
package io.dispatch.launcher;

import org.jspecify.annotations.NullMarked;
