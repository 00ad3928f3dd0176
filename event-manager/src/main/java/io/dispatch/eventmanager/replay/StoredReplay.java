package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.log.LogSettings.Keep;
import io.dispatch.contracts.replay.Replay;
import io.dispatch.contracts.replay.Replay.State;
import io.dispatch.eventlog.EventLogScan.Span;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is stored.
 *
 * @param subscription id of the hidden subscription that its copies are owed to
 * @param target id of the subscription that it is for; null where it is for a function
 * @param targetName of that subscription or function
 * @param span all that is to be looked at
 * @param cursor for each partition the next offset to be looked at
 * @param replayed how many events have been appended
 * @param missed how many offsets held no event any more
 * @param end when and why it ended; null while it runs
 */
record StoredReplay(
        UUID id,
        long subscription,
        @Nullable Long target,
        String targetName,
        Wanted wanted,
        Span span,
        List<Long> cursor,
        State state,
        long replayed,
        long missed,
        Instant createdAt,
        @Nullable End end) {

    /** @param reason null where it is done */
    record End(Instant at, @Nullable String reason) {}

    /** The partition with the most left to be looked at, so that all end together and copies come about in order of time. */
    int longestPartition() {
        return longest(cursor, span.before());
    }

    static int longest(List<Long> cursor, List<Long> ends) {
        int longest = 0;
        for (int i = 1; i < cursor.size(); i++) {
            if (ends.get(i) - cursor.get(i) > ends.get(longest) - cursor.get(longest)) {
                longest = i;
            }
        }
        return longest;
    }

    Replay toWire(Keep keep) {
        return new Replay(
                createdAt,
                end == null ? null : end.at(),
                target == null ? targetName : null,
                id,
                keep,
                missed,
                wanted.toWire(),
                end == null ? null : end.reason(),
                replayed,
                sum(cursor) - sum(span.from()) - missed,
                state,
                target == null ? null : targetName,
                sum(span.before()) - sum(span.from()));
    }

    private static long sum(List<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }
}
