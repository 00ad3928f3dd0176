/** What tests stand on: a real PostgreSQL with the roles and schemas of Dispatch, and tokens as the gateway makes them. */
@NullMarked
package io.dispatch.testing;

import org.jspecify.annotations.NullMarked;
