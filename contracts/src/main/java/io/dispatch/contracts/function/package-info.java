/** The wire of functions: {@code /v1/function}. */
@NullMarked
package io.dispatch.contracts.function;

import org.jspecify.annotations.NullMarked;
