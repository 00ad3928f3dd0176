/** YAML and JSON documents ({@code -f}): read, packed, and created, updated, applied or deleted one after the other. */
@NullMarked
package io.dispatch.cli.document;

import org.jspecify.annotations.NullMarked;
