/** Events: emitting them, and showing what became of one. */
@NullMarked
package io.dispatch.cli.event;

import org.jspecify.annotations.NullMarked;
