/** The wire of drivers and driver types, as the original spells it. */
@NullMarked
package io.dispatch.contracts.driver;

import org.jspecify.annotations.NullMarked;
