/** Stories told to the whole product, started as its users start it: {@code ./dispatch up}. */
@NullMarked
package io.dispatch.e2e;

import org.jspecify.annotations.NullMarked;
