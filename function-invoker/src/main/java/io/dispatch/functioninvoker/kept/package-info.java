/** What resources whose wish is kept as JSON have in common in their tables. */
@NullMarked
package io.dispatch.functioninvoker.kept;

import org.jspecify.annotations.NullMarked;
