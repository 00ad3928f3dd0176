/** Who is calling, proven by a credential, and whether they may: one cached check for each request. */
@NullMarked
package io.dispatch.apigateway.caller;

import org.jspecify.annotations.NullMarked;
