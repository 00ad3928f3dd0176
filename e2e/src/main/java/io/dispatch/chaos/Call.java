package io.dispatch.chaos;

/**
 * One call that the sink got.
 *
 * @param subscription whose function was called
 * @param event {@code ce-id}
 * @param delivery {@code Idempotency-Key}: the same on each attempt
 * @param attempt {@code Dispatch-Attempt}
 * @param digest CRC-32C of the payload
 * @param began nanoseconds on the checker's clock, when the request was there
 * @param answered nanoseconds just before the answer was written, or {@link #NEVER}
 * @param status what was answered, or 0
 * @param couldArrive whether the caller still listened when it was answered
 */
record Call(
        String subscription,
        String event,
        String delivery,
        int attempt,
        long digest,
        long began,
        long answered,
        int status,
        boolean couldArrive) {

    /** The time of an answer that there was not. */
    static final long NEVER = Long.MAX_VALUE;

    /** Whether the caller got a 2xx in less than this many nanoseconds. */
    boolean isSuccess(long within) {
        return status / 100 == 2 && couldArrive && answered != NEVER && answered - began <= within;
    }

    /** Whether it was under way at this time, for a caller that waits for so many nanoseconds. */
    boolean isInFlight(long time, long timeout) {
        return began <= time && time < Math.min(answered, began + timeout);
    }

    String line() {
        return Journal.line(subscription, event, delivery, attempt, digest, began, answered, status, couldArrive);
    }

    static Call parse(String line) {
        String[] field = Journal.fields(line);
        return new Call(
                field[0],
                field[1],
                field[2],
                Integer.parseInt(field[3]),
                Long.parseLong(field[4]),
                Long.parseLong(field[5]),
                Long.parseLong(field[6]),
                Integer.parseInt(field[7]),
                Boolean.parseBoolean(field[8]));
    }
}
