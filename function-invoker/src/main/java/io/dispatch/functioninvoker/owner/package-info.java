/** This process as the database knows it: alive as long as it holds the advisory lock of its number. */
@NullMarked
package io.dispatch.functioninvoker.owner;

import org.jspecify.annotations.NullMarked;
