/** Functions: what they are, where they stand, and the programs behind those that are commands or sources. */
@NullMarked
package io.dispatch.functioninvoker.function;

import org.jspecify.annotations.NullMarked;
