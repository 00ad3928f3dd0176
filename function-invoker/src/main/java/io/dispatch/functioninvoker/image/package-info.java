/** Images and base images of the original: records that are kept; nothing is built. */
@NullMarked
package io.dispatch.functioninvoker.image;

import org.jspecify.annotations.NullMarked;
