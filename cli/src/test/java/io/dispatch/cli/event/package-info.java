/** Tests of how events are emitted. */
@NullMarked
package io.dispatch.cli.event;

import org.jspecify.annotations.NullMarked;
