/** Encrypted named values: sealed for the organization and name they belong to, readable with the installation's key only. */
@NullMarked
package io.dispatch.vault;

import org.jspecify.annotations.NullMarked;
