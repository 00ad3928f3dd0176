/** Tests of {@link io.dispatch.functioninvoker.delivery}. */
@NullMarked
package io.dispatch.functioninvoker.delivery;

import org.jspecify.annotations.NullMarked;
