/** Tests of {@link io.dispatch.functioninvoker.function}. */
@NullMarked
package io.dispatch.functioninvoker.function;

import org.jspecify.annotations.NullMarked;
