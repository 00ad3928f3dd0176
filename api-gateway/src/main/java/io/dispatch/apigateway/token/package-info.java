/** The token by which the gateway vouches for a caller to a service, and the keys that sign it. */
@NullMarked
package io.dispatch.apigateway.token;

import org.jspecify.annotations.NullMarked;
