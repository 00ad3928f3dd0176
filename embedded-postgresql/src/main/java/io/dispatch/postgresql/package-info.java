/** Starts a real, durable PostgreSQL from Maven artifacts as a child process, and leaves nothing behind. */
@NullMarked
package io.dispatch.postgresql;

import org.jspecify.annotations.NullMarked;
