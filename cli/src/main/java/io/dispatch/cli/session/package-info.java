/** What every command is given: the streams and the clock, the server that was chosen, and the way to fail in one sentence. */
@NullMarked
package io.dispatch.cli.session;

import org.jspecify.annotations.NullMarked;
