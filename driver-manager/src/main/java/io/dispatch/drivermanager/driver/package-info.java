/** Drivers as a client wants them, and the loop that makes them so. */
@NullMarked
package io.dispatch.drivermanager.driver;

import org.jspecify.annotations.NullMarked;
