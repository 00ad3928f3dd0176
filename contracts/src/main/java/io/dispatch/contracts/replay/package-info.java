/** The wire of replays: {@code /v1/replays}. */
@NullMarked
package io.dispatch.contracts.replay;

import org.jspecify.annotations.NullMarked;
