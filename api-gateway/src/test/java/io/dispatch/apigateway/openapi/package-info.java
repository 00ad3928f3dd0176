/** The description of the API, without a server. */
@NullMarked
package io.dispatch.apigateway.openapi;

import org.jspecify.annotations.NullMarked;
