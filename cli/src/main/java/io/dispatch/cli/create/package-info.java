/** The {@code create} commands. */
@NullMarked
package io.dispatch.cli.create;

import org.jspecify.annotations.NullMarked;
