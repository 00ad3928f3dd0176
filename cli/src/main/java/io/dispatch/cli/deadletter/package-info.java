/** Dead letters: what nobody will retry by itself. */
@NullMarked
package io.dispatch.cli.deadletter;

import org.jspecify.annotations.NullMarked;
