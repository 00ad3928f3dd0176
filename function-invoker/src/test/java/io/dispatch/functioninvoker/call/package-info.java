/** Tests of {@link io.dispatch.functioninvoker.call}. */
@NullMarked
package io.dispatch.functioninvoker.call;

import org.jspecify.annotations.NullMarked;
