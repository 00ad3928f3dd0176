/** The wire's shared words: errors, names, tags, states and times, as the original Dispatch spells them. */
@NullMarked
package io.dispatch.contracts;

import org.jspecify.annotations.NullMarked;
