/** Tests of {@link io.dispatch.functioninvoker.outbound}. */
@NullMarked
package io.dispatch.functioninvoker.outbound;

import org.jspecify.annotations.NullMarked;
