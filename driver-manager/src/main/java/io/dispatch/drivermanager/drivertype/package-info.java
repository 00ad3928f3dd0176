/** Driver types: what a driver of that type runs. */
@NullMarked
package io.dispatch.drivermanager.drivertype;

import org.jspecify.annotations.NullMarked;
