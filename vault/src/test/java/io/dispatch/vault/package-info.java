/** Tests of the vault. */
@NullMarked
package io.dispatch.vault;

import org.jspecify.annotations.NullMarked;
