/** Tests of what needs no process. */
@NullMarked
package io.dispatch.drivermanager.runtime;

import org.jspecify.annotations.NullMarked;
