/** The command {@code dispatch}: all that is not {@code up}. */
@NullMarked
package io.dispatch.cli;

import org.jspecify.annotations.NullMarked;
