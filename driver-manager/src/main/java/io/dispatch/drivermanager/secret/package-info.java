/** Secrets as a client makes and changes them: encrypted at rest, masked on read. */
@NullMarked
package io.dispatch.drivermanager.secret;

import org.jspecify.annotations.NullMarked;
