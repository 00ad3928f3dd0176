/** The wire contract, section by section, against a product started with {@code --strict}. */
@NullMarked
package io.dispatch.conformance;

import org.jspecify.annotations.NullMarked;
