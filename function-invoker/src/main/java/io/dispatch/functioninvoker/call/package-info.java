/** Calling functions: an event and a function go in, what came of the call comes out, whatever happened on the way. */
@NullMarked
package io.dispatch.functioninvoker.call;

import org.jspecify.annotations.NullMarked;
