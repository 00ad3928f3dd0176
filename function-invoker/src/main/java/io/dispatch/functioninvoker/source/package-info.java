/** Functions written for the original: their archive, where it is kept and unpacked, and the host program that runs it. */
@NullMarked
package io.dispatch.functioninvoker.source;

import org.jspecify.annotations.NullMarked;
