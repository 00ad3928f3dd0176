package io.dispatch.eventlog;

import java.util.Optional;
import java.util.UUID;

/**
 * The platform's own id of an event: a UUID of version 8 (RFC 9562 §5.8) computed from its {@link Position} and back, so
 * that it needs no column and no index. Layout from the left: 48 bits of the offset, version, 12 bits partition, variant, 15
 * bits of the offset, 47 zero bits.
 */
public final class EventId {
    private static final int MAX_PARTITION = 0xfff;

    private EventId() {}

    /**
     * The id of the event at a position.
     *
     * @throws IllegalArgumentException if the partition is not within 0 to 4095 or the offset is negative
     */
    public static UUID of(Position position) {
        if (position.partition() < 0 || position.partition() > MAX_PARTITION || position.offset() < 0) {
            throw new IllegalArgumentException("no event can stand at " + position);
        }
        long high = ((position.offset() >>> 15) << 16) | 0x8000L | position.partition();
        long low = (0b10L << 62) | ((position.offset() & 0x7fff) << 47);
        return new UUID(high, low);
    }

    /** The position that an id was computed from; empty if the text is no event's id of ours. */
    public static Optional<Position> position(String id) {
        try {
            return position(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The position that an id was computed from; empty if the UUID is no event's id. */
    public static Optional<Position> position(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        Position position = new Position((int) (high & MAX_PARTITION), ((high >>> 16) << 15) | ((low >>> 47) & 0x7fff));
        return position.offset() >= 0 && of(position).equals(id) ? Optional.of(position) : Optional.empty();
    }
}
