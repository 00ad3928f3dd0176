/** The one way out of this service over HTTP: where it may go, how long and how much it may take. */
@NullMarked
package io.dispatch.functioninvoker.outbound;

import org.jspecify.annotations.NullMarked;
