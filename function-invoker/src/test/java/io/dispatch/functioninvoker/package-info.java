/** Stories of the whole service, and what they stand on. */
@NullMarked
package io.dispatch.functioninvoker;

import org.jspecify.annotations.NullMarked;
