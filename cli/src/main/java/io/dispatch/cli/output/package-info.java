/** How results are shown: tables, JSON, YAML, names, times and colours. */
@NullMarked
package io.dispatch.cli.output;

import org.jspecify.annotations.NullMarked;
