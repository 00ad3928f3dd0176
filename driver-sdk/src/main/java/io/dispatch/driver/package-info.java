/**
 * What a driver is built with: options in, CloudEvents out until they are acknowledged, progress kept in between.
 *
 * <p>Enters: command line, environment, events of the driver. Leaves: CloudEvents 1.0 in binary mode to the sink, checkpoints
 * to the platform, health and metrics to whoever watches.
 */
@NullMarked
package io.dispatch.driver;

import org.jspecify.annotations.NullMarked;
