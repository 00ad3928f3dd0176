/** Tests of {@link io.dispatch.functioninvoker.image}. */
@NullMarked
package io.dispatch.functioninvoker.image;

import org.jspecify.annotations.NullMarked;
