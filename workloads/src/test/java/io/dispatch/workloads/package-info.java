/** Tests of the workloads, with real processes. */
@NullMarked
package io.dispatch.workloads;

import org.jspecify.annotations.NullMarked;
