/** Tries the checker itself: whatever it claims to find, it finds. And runs its short form. */
@NullMarked
package io.dispatch.chaos;

import org.jspecify.annotations.NullMarked;
