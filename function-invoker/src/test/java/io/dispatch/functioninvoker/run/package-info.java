/** Tests of {@link io.dispatch.functioninvoker.run}. */
@NullMarked
package io.dispatch.functioninvoker.run;

import org.jspecify.annotations.NullMarked;
