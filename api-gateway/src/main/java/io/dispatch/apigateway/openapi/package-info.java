/** The description of every public route in one OpenAPI document, and the pages that show it. */
@NullMarked
package io.dispatch.apigateway.openapi;

import org.jspecify.annotations.NullMarked;
