package io.dispatch.functioninvoker.run;

import io.dispatch.eventlog.Position;
import java.util.Optional;
import java.util.UUID;

/**
 * Which attempt of which delivery a run is. Its public id is a UUID of version 8 (RFC 9562 section 5.8) computed from it and
 * back, laid out as the event's own id ({@link io.dispatch.eventlog.EventId}), whose low bits are zero: 37 bits of the
 * subscription and 10 bits of the attempt.
 *
 * @param position of the event
 * @param subscription its id, 1 to 2^37 - 1
 * @param attempt 1 to 1023 for a run; 0 makes the id of the delivery itself
 */
public record RunId(Position position, long subscription, int attempt) {

    private static final long MAX_SUBSCRIPTION = (1L << 37) - 1;
    private static final int MAX_ATTEMPT = (1 << 10) - 1;
    private static final int MAX_PARTITION = 0xfff;

    /** @throws IllegalArgumentException if a part is out of its range */
    public RunId {
        if (position.partition() < 0
                || position.partition() > MAX_PARTITION
                || position.offset() < 0
                || subscription < 1
                || subscription > MAX_SUBSCRIPTION
                || attempt < 0
                || attempt > MAX_ATTEMPT) {
            throw new IllegalArgumentException(
                    "no run can be attempt %d for subscription %d at %s".formatted(attempt, subscription, position));
        }
    }

    /** The public id. */
    public UUID uuid() {
        long offset = position.offset();
        long high = ((offset >>> 15) << 16) | 0x8000L | position.partition();
        long low = (0b10L << 62) | ((offset & 0x7fff) << 47) | (subscription << 10) | attempt;
        return new UUID(high, low);
    }

    /** What an id was computed from; empty if the UUID is no run's. */
    public static Optional<RunId> of(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        long subscription = (low >>> 10) & MAX_SUBSCRIPTION;
        long offset = ((high >>> 16) << 15) | ((low >>> 47) & 0x7fff);
        if (id.version() != 8 || id.variant() != 2 || subscription == 0 || offset < 0) {
            return Optional.empty();
        }
        var position = new Position((int) (high & MAX_PARTITION), offset);
        return Optional.of(new RunId(position, subscription, (int) (low & MAX_ATTEMPT)));
    }
}
