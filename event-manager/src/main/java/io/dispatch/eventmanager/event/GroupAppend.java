package io.dispatch.eventmanager.event;

import io.dispatch.eventlog.AppendResult;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventmanager.event.Deduplication.Fresh;
import io.dispatch.eventmanager.event.SeenEvents.SeenMeanwhile;
import io.dispatch.eventmanager.log.Keeping;
import io.dispatch.eventmanager.subscription.Matching;
import io.dispatch.eventmanager.subscription.SubscriptionIndex;
import io.dispatch.http.ApiException;
import java.util.List;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.stereotype.Component;

/**
 * Matches the events of a group of requests and appends those that somebody wants, or whose organization keeps all, in one
 * transaction. The append fails when a subscription has changed since the matching, and then it begins again: so a
 * subscription that was answered 201 sees every event that is emitted after that answer, on every replica, and a dropped event
 * was wanted by nobody when it came.
 */
@Component
class GroupAppend {
    private static final int MAX_TRIES = 100;

    private final EventLogWriter log;
    private final Matching matching;
    private final Keeping keeping;
    private final Deduplication deduplication;

    GroupAppend(EventLogWriter log, Matching matching, Keeping keeping, Deduplication deduplication) {
        this.log = log;
        this.matching = matching;
        this.keeping = keeping;
        this.deduplication = deduplication;
    }

    /** Completes the outcome of each request. */
    void append(List<Request> group) {
        try {
            tryAppend(group);
        } catch (NonTransientDataAccessResourceException unreachable) {
            fail(group, unreachable);
        } catch (NonTransientDataAccessException | ApiException refused) {
            // one request must not take the others down with it
            if (group.size() == 1) {
                fail(group, refused);
            } else {
                group.forEach(request -> append(List.of(request)));
            }
        } catch (RuntimeException failure) {
            fail(group, failure);
        }
    }

    private void tryAppend(List<Request> group) {
        SubscriptionIndex index = matching.current();
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Matched matched;
            try {
                matched = Matched.of(group, index, keeping.keepingAll(index.version()));
            } catch (ApiException unreadable) {
                index = matching.newerThan(index, unreadable);
                continue;
            }
            Fresh fresh = deduplication.fresh(matched, keeping.windows(index.version()));
            AppendResult result;
            try {
                result = append(fresh, index.version());
            } catch (SeenMeanwhile _) {
                continue;
            }
            switch (result) {
                case Appended(List<Position> positions) -> {
                    fresh.matched().complete(group, positions);
                    return;
                }
                case SubscriptionsChanged _ -> index = matching.refresh();
            }
        }
        throw new ConcurrencyFailureException("subscriptions change faster than events can be matched against them");
    }

    private AppendResult append(Fresh fresh, long matchedAt) {
        List<NewEntry> entries = fresh.matched().entries();
        return fresh.added().isEmpty()
                ? log.append(entries, matchedAt, true)
                : log.append(entries, matchedAt, true, fresh);
    }

    private static void fail(List<Request> group, RuntimeException reason) {
        group.forEach(request -> request.outcome().completeExceptionally(reason));
    }
}
