/** The wire of secrets, as the original spells it. */
@NullMarked
package io.dispatch.contracts.secret;

import org.jspecify.annotations.NullMarked;
