package io.dispatch.eventmanager.event;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.AppendResult;
import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import io.dispatch.eventlog.EventLogWriter;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventmanager.log.EventTypes;
import io.dispatch.eventmanager.log.Keeping;
import io.dispatch.eventmanager.subscription.Matching;
import io.dispatch.eventmanager.subscription.SubscriptionIndex;
import io.dispatch.http.ApiException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.stereotype.Component;

/**
 * Accepts events that come by no request but from a table: they are matched, kept or dropped, counted and learned from as if
 * somebody had emitted them. Safe for use by several threads.
 */
@Component
public class TakenEvents {
    private static final int MAX_TRIES = 100;

    private final EventLogWriter log;
    private final Matching matching;
    private final Keeping keeping;
    private final EmitCounters counters;
    private final EventTypes types;

    TakenEvents(EventLogWriter log, Matching matching, Keeping keeping, EmitCounters counters, EventTypes types) {
        this.log = log;
        this.matching = matching;
        this.keeping = keeping;
        this.counters = counters;
        this.types = types;
    }

    /**
     * An event that was taken.
     *
     * @param organization whose it is
     */
    public record Taken(String organization, Event event) {}

    /**
     * Takes events and accepts them in one transaction: both or neither.
     *
     * @param take takes them, and may be called again, after what it did has been taken back, when subscriptions have changed
     * @return how many there were
     * @throws org.springframework.dao.DataAccessException if they cannot be written now: nothing was taken
     * @throws io.dispatch.eventlog.OutcomeUnknownException if it is not known whether they were
     */
    public int accept(ConnectionCallback<List<Taken>> take) {
        SubscriptionIndex index = matching.current();
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Group group = new Group(take, index, keeping.keepingAll(index.version()));
            AppendResult result;
            try {
                result = log.append(group, index.version(), true);
            } catch (ApiException unreadable) {
                index = matching.newerThan(index, unreadable);
                continue;
            }
            switch (result) {
                case Appended(List<Position> positions) -> {
                    return accepted(group, positions);
                }
                case SubscriptionsChanged _ -> index = matching.refresh();
            }
        }
        throw new ConcurrencyFailureException("subscriptions change faster than events can be matched against them");
    }

    private int accepted(Group group, List<Position> positions) {
        group.matched.complete(group.requests, positions);
        for (Request request : group.requests) {
            counters.count(request.organization(), request.outcome().join());
            types.learn(request.organization(), request.events());
        }
        return group.requests.size();
    }

    /** Takes and matches. */
    private static final class Group implements ConnectionCallback<@Nullable List<NewEntry>> {
        private final ConnectionCallback<List<Taken>> take;
        private final SubscriptionIndex index;
        private final Set<String> keepingAll;
        private List<Request> requests = List.of();
        private Matched matched = new Matched(List.of(), List.of());

        Group(ConnectionCallback<List<Taken>> take, SubscriptionIndex index, Set<String> keepingAll) {
            this.take = take;
            this.index = index;
            this.keepingAll = keepingAll;
        }

        @Override
        public @Nullable List<NewEntry> doInConnection(Connection connection) throws SQLException {
            requests = take.doInConnection(connection).stream()
                    .map(taken -> Request.of(taken.organization(), List.of(taken.event())))
                    .toList();
            matched = Matched.of(requests, index, keepingAll);
            return requests.isEmpty() ? null : matched.entries();
        }
    }
}
