/** What became of one event: the log together with runs and deliveries. */
@NullMarked
package io.dispatch.functioninvoker.ledger;

import org.jspecify.annotations.NullMarked;
