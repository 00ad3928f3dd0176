/** Carries requests to the services and their answers back; many emits at once travel as one. */
@NullMarked
package io.dispatch.apigateway.forward;

import org.jspecify.annotations.NullMarked;
