/** What a driver proves itself with to the gateway: made here, kept as a hash only. */
@NullMarked
package io.dispatch.drivermanager.credential;

import org.jspecify.annotations.NullMarked;
