/** What every request meets first, and for most of them the only code of ours they pass. */
@NullMarked
package io.dispatch.apigateway.door;

import org.jspecify.annotations.NullMarked;
