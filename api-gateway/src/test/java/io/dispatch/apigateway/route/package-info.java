/** Which paths there are, without a server. */
@NullMarked
package io.dispatch.apigateway.route;

import org.jspecify.annotations.NullMarked;
