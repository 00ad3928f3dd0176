package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.event.Event;
import io.dispatch.functioninvoker.run.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is owed and not in memory.
 *
 * @param id with attempt 0
 * @param dueAt when the next attempt is due
 * @param attempts made so far
 * @param attemptsBefore those of them that were made before it was dead and redriven
 * @param firstAttemptAt null if none was made, or none since it was redriven
 * @param reason why the last attempt failed; null if none was made
 * @param orderingKey the key that it keeps its order under, or null for none
 * @param redriven whether its event is read from its dead letter, not from the log
 */
record DueRow(
        RunId id,
        Instant dueAt,
        int attempts,
        int attemptsBefore,
        @Nullable Instant firstAttemptAt,
        @Nullable String reason,
        @Nullable String orderingKey,
        boolean redriven) {

    /** When a row is due that waits for another of its key: {@code infinity} in the database. */
    static final Instant PARKED = OffsetDateTime.MAX.toInstant();

    private static final int LONGEST_KEY = 200;

    /** One that has just left the log. */
    static DueRow untried(RunId id, Instant dueAt) {
        return new DueRow(id, dueAt, 0, 0, null, null, null, false);
    }

    /** One that was dead. */
    static DueRow redriven(RunId id, Instant dueAt, int attempts) {
        return new DueRow(id, dueAt, attempts, attempts, null, null, null, true);
    }

    /** The same, due again. */
    DueRow again(Instant at) {
        return new DueRow(id, at, attempts, attemptsBefore, firstAttemptAt, reason, orderingKey, redriven);
    }

    /** The same after an attempt. */
    DueRow after(Instant at, int made, @Nullable Instant firstAt, String why) {
        return new DueRow(id, at, made, attemptsBefore, firstAt, why, orderingKey, redriven);
    }

    /** The same, keeping its order under a key. */
    DueRow under(String key) {
        return new DueRow(id, dueAt, attempts, attemptsBefore, firstAttemptAt, reason, key, redriven);
    }

    /** The key of an event: its {@code partitionkey}, or the hash of one that no index takes; null if it has none. */
    static @Nullable String key(Event event) {
        Object said = event.attribute(Event.PARTITION_KEY);
        if (said == null) {
            return null;
        }
        String key = said.toString();
        return key.length() <= LONGEST_KEY && key.indexOf('\0') < 0 ? key : "sha256:" + hash(key);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
