/** Stories of the gateway with a real PostgreSQL before a small real service. */
@NullMarked
package io.dispatch.apigateway;

import org.jspecify.annotations.NullMarked;
