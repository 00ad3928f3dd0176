/** Runs of functions: listed, followed, their logs, and new ones. */
@NullMarked
package io.dispatch.cli.run;

import org.jspecify.annotations.NullMarked;
