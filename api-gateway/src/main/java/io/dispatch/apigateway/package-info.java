/** The one door to Dispatch: who is calling, may they, where to; identities and policies. */
@NullMarked
package io.dispatch.apigateway;

import org.jspecify.annotations.NullMarked;
