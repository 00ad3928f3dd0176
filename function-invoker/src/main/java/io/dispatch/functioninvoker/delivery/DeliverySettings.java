package io.dispatch.functioninvoker.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How events are delivered.
 *
 * @param lease how long a partition stays ours without a word from us; positive
 * @param windowEvents the most events of a partition in memory, 1 or more
 * @param windowSize the most bytes of attributes and payloads of a partition in memory
 * @param windowAge how long the offset waits for a delivery before that becomes a row
 * @param laneConcurrency calls at once for one subscription that does not say, where no more pay; 1 or more
 * @param laneCeiling the most calls at once for one subscription that does not say, not below {@code laneConcurrency}
 * @param spareCalls how many calls all subscriptions may have at once beyond {@code laneConcurrency} for each; 0 or more
 * @param laneQueue deliveries of one subscription that wait in memory before further ones become rows
 * @param settleDelay how long a finished call waits for others to be settled with
 * @param settleBatch the most deliveries settled in one transaction
 * @param idleWait the longest wait between two looks at a log without news, should no signal come
 * @param stopTimeout how long calls may go on when the service stops
 * @param maxAttempts of one delivery
 * @param maxAge no attempt begins later than this after the first
 * @param minBackoff wait after the first failure
 * @param maxBackoff longest wait, before jitter
 */
@ConfigurationProperties("dispatch.delivery")
record DeliverySettings(
        @DefaultValue("5s") Duration lease,
        @DefaultValue("8192") int windowEvents,
        @DefaultValue("16MB") DataSize windowSize,
        @DefaultValue("5s") Duration windowAge,
        @DefaultValue("32") int laneConcurrency,
        @DefaultValue("512") int laneCeiling,
        @DefaultValue("1000") int spareCalls,
        @DefaultValue("4096") int laneQueue,
        @DefaultValue("20ms") Duration settleDelay,
        @DefaultValue("1000") int settleBatch,
        @DefaultValue("50ms") Duration idleWait,
        @DefaultValue("10s") Duration stopTimeout,
        @DefaultValue("25") int maxAttempts,
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("200ms") Duration minBackoff,
        @DefaultValue("10m") Duration maxBackoff) {}
