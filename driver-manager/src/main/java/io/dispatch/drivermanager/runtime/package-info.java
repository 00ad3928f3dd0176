/** Runs drivers as child processes: what should run goes in, what was observed comes out. */
@NullMarked
package io.dispatch.drivermanager.runtime;

import org.jspecify.annotations.NullMarked;
