/** The rules of the house: what docs/architecture.md promises of the code, as tests. */
@NullMarked
package io.dispatch.house;

import org.jspecify.annotations.NullMarked;
