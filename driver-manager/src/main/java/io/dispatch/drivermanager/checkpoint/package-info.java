/** Small documents in which drivers keep their progress. */
@NullMarked
package io.dispatch.drivermanager.checkpoint;

import org.jspecify.annotations.NullMarked;
