/** Which server is meant and who calls it: flags, variables, contexts, and the server that {@code dispatch up} recorded. */
@NullMarked
package io.dispatch.cli.config;

import org.jspecify.annotations.NullMarked;
