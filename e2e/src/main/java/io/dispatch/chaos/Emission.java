package io.dispatch.chaos;

import java.util.Set;

/**
 * One event that the generator sent.
 *
 * @param number its number, from 0 on; {@code ce-id} in decimal
 * @param key its {@code partitionkey}, or the empty text
 * @param digest CRC-32C of the payload
 * @param sentAt nanoseconds on the checker's clock, before the first byte was written
 * @param answeredAt nanoseconds when the answer was there, or {@link Call#NEVER}
 * @param status of the answer, or 0 without one: such an event may be in or not
 */
record Emission(int number, String key, long digest, long sentAt, long answeredAt, int status) {

    /** What a sender may be told on a bad day; after any of these it may send again. */
    private static final Set<Integer> REFUSALS = Set.of(429, 502, 503, 504);

    /** Whether the platform promised to deliver it. */
    boolean isAccepted() {
        return status / 100 == 2;
    }

    /** Whether it was told something that is not true, such as that the route does not exist. */
    boolean isAnsweredWrongly() {
        return status != 0 && !isAccepted() && !REFUSALS.contains(status);
    }

    String line() {
        return Journal.line(number, key, digest, sentAt, answeredAt, status);
    }

    static Emission parse(String line) {
        String[] field = Journal.fields(line);
        return new Emission(
                Integer.parseInt(field[0]),
                field[1],
                Long.parseLong(field[2]),
                Long.parseLong(field[3]),
                Long.parseLong(field[4]),
                Integer.parseInt(field[5]));
    }
}
