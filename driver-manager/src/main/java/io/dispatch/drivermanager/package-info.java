/** Keeps drivers running; driver types, drivers, secrets, checkpoints. */
@NullMarked
package io.dispatch.drivermanager;

import org.jspecify.annotations.NullMarked;
