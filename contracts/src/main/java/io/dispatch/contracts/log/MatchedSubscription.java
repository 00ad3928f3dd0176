package io.dispatch.contracts.log;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A subscription that wanted an event when it was accepted, as it is now or was when it was deleted.
 *
 * @param subscription its name
 * @param function the function's name
 */
@Schema(name = "MatchedSubscription")
public record MatchedSubscription(String function, String subscription) {}
