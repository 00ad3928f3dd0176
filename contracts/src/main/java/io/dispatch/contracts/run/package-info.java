/** The wire of runs and dead letters: {@code /v1/runs} and {@code /v1/deadletters}. */
@NullMarked
package io.dispatch.contracts.run;

import org.jspecify.annotations.NullMarked;
