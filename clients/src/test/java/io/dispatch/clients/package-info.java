/** A story told with each generated client against the started product. */
@NullMarked
package io.dispatch.clients;

import org.jspecify.annotations.NullMarked;
