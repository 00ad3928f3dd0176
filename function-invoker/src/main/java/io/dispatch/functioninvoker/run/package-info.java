/** Runs: a record of each call of a function, made by events or by clients, and the calls that clients ask for. */
@NullMarked
package io.dispatch.functioninvoker.run;

import org.jspecify.annotations.NullMarked;
