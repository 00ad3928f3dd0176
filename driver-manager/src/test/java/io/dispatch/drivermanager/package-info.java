/** Stories of driver-manager, with a real database and real processes. */
@NullMarked
package io.dispatch.drivermanager;

import org.jspecify.annotations.NullMarked;
