/** Tests of {@link io.dispatch.functioninvoker.source}. */
@NullMarked
package io.dispatch.functioninvoker.source;

import org.jspecify.annotations.NullMarked;
