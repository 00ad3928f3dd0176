package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.functioninvoker.run.RunId;
import io.dispatch.http.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of dead letters begins: after the last one of the page before, whether that is still there or not.
 *
 * @param diedAt when the last one died
 * @param delivery the last one, with attempt 0
 */
record DeadLetterPage(Instant diedAt, RunId delivery) {

    private static final char SEPARATOR = '~';

    static DeadLetterPage after(DeadLetter last) {
        return new DeadLetterPage(last.diedAt(), RunId.of(last.id()).orElseThrow());
    }

    /**
     * Reads a cursor.
     *
     * @return null for the first page, which has none
     * @throws ApiException 400 if it is none of ours
     */
    static @Nullable DeadLetterPage of(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            int end = cursor.indexOf(SEPARATOR);
            return new DeadLetterPage(
                    Instant.parse(cursor.substring(0, end)),
                    RunId.of(UUID.fromString(cursor.substring(end + 1))).orElseThrow());
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException e) {
            throw ApiException.badRequest(
                    "cursor in query must be one that a Link header gave, but was %s".formatted(cursor));
        }
    }

    String cursor() {
        return diedAt + String.valueOf(SEPARATOR) + delivery.uuid();
    }
}
