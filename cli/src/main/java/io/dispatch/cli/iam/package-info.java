/** Organizations, policies and service accounts. */
@NullMarked
package io.dispatch.cli.iam;

import org.jspecify.annotations.NullMarked;
