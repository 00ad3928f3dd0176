/** JSON and YAML trees. */
@NullMarked
package io.dispatch.cli.json;

import org.jspecify.annotations.NullMarked;
