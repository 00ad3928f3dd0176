/** Tests of the way in. */
@NullMarked
package io.dispatch.apigateway.door;

import org.jspecify.annotations.NullMarked;
