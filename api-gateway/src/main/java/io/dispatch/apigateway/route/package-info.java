/** Which paths there are, who owns them, and how a path is read; a raw path goes no further than this package. */
@NullMarked
package io.dispatch.apigateway.route;

import org.jspecify.annotations.NullMarked;
