/** Organizations, service accounts and policies: their resources, and what they allow to whom at this moment. */
@NullMarked
package io.dispatch.apigateway.iam;

import org.jspecify.annotations.NullMarked;
