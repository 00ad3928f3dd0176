package io.dispatch.functioninvoker.ledger;

import io.dispatch.contracts.Status;
import io.dispatch.contracts.log.EventLedger;
import io.dispatch.contracts.log.EventLedger.EventDelivery;
import io.dispatch.contracts.log.EventLedger.EventRun;
import io.dispatch.contracts.log.EventLedger.State;
import io.dispatch.contracts.log.LoggedEvent;
import io.dispatch.contracts.log.MatchedSubscription;
import io.dispatch.contracts.run.RunError;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscriptions;
import io.dispatch.functioninvoker.ledger.Entries.Found;
import io.dispatch.functioninvoker.ledger.Entries.Owed;
import io.dispatch.functioninvoker.ledger.Entries.Run;
import io.dispatch.functioninvoker.run.RunId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts together what is known of one event. */
@Component
class Ledger {

    private static final int MOST_RUNS = 1_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventLogReader log;
    private final PublishedSubscriptions subscriptions;
    private final Entries entries;

    Ledger(EventLogReader log, PublishedSubscriptions subscriptions, Entries entries) {
        this.log = log;
        this.subscriptions = subscriptions;
        this.entries = entries;
    }

    /** What is known of an event; empty if the organization has none at this place in the log. */
    Optional<EventLedger> of(String organization, Position position) {
        return log.read(List.of(position), Integer.MAX_VALUE).stream()
                .filter(entry -> entry.organization().equals(organization))
                .findFirst()
                .map(this::of);
    }

    private EventLedger of(LogEntry entry) {
        Found found = entries.of(entry.position(), MOST_RUNS);
        List<PublishedSubscription> wanted =
                subscriptions.find(Arrays.stream(entry.subscriptions()).boxed().toList());
        Map<Long, String> names =
                wanted.stream().collect(Collectors.toMap(PublishedSubscription::id, PublishedSubscription::name));
        return new EventLedger(
                entry.acceptedAt(),
                wanted.stream()
                        .map(subscription -> delivery(entry.position(), subscription, found))
                        .toList(),
                LoggedEvent.wire(entry.event()),
                EventId.of(entry.position()),
                wanted.stream()
                        .map(subscription -> new MatchedSubscription(subscription.function(), subscription.name()))
                        .toList(),
                found.runs().stream()
                        .filter(run -> names.containsKey(run.subscription()))
                        .map(run -> run(entry.position(), run, names))
                        .toList());
    }

    private static EventRun run(Position position, Run run, Map<Long, String> names) {
        return new EventRun(
                run.attempt(),
                run.error() == null ? null : JSON.readValue(run.error(), RunError.class),
                run.finishedAt(),
                run.function(),
                new RunId(position, run.subscription(), run.attempt()).uuid(),
                run.startedAt(),
                run.error() == null ? Status.READY : Status.ERROR,
                names.getOrDefault(run.subscription(), ""));
    }

    private static EventDelivery delivery(Position position, PublishedSubscription subscription, Found found) {
        long id = subscription.id();
        Owed dead = of(id, found.dead());
        if (dead != null) {
            return delivery(position, subscription, State.DEAD, dead);
        }
        State open = subscription.state() == PublishedSubscription.State.PAUSED ? State.PARKED : State.DUE;
        Owed pending = of(id, found.pending());
        if (pending != null) {
            return delivery(position, subscription, pending.dueAt() == null ? State.PARKED : open, pending);
        }
        // Neither pending nor dead: done, or not yet settled by its partition's owner.
        List<Run> runs =
                found.runs().stream().filter(run -> run.subscription() == id).toList();
        boolean done = found.settled() || runs.stream().anyMatch(run -> run.error() == null);
        int attempts = runs.stream().mapToInt(Run::attempt).max().orElse(0);
        return delivery(position, subscription, done ? State.SUCCEEDED : open, new Owed(id, attempts, null, null));
    }

    private static EventDelivery delivery(
            Position position, PublishedSubscription subscription, State state, Owed owed) {
        return new EventDelivery(
                owed.attempts(),
                new RunId(position, subscription.id(), 0).uuid(),
                owed.dueAt(),
                owed.reason(),
                state,
                subscription.name());
    }

    private static @Nullable Owed of(long subscription, List<Owed> deliveries) {
        return deliveries.stream()
                .filter(delivery -> delivery.subscription() == subscription)
                .findFirst()
                .orElse(null);
    }
}
