package io.dispatch.eventmanager.log;

import io.dispatch.contracts.log.LoggedEvent;
import io.dispatch.contracts.log.MatchedSubscription;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.EventPage.Found;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.PublishedSubscription;
import io.dispatch.eventlog.PublishedSubscriptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes entries of the log what the wire shows of them. */
@Component
public class LoggedEvents {
    private final PublishedSubscriptions subscriptions;

    LoggedEvents(PublishedSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** The same events in the same order; the subscriptions' names are those of now. */
    public List<LoggedEvent> of(List<Found> found) {
        List<Long> ids = found.stream()
                .flatMapToLong(one -> Arrays.stream(one.entry().subscriptions()))
                .distinct()
                .boxed()
                .toList();
        Map<Long, PublishedSubscription> known = ids.isEmpty()
                ? Map.of()
                : subscriptions.find(ids).stream()
                        .collect(Collectors.toMap(PublishedSubscription::id, Function.identity()));
        return found.stream().map(one -> of(one, known)).toList();
    }

    private static LoggedEvent of(Found found, Map<Long, PublishedSubscription> known) {
        LogEntry entry = found.entry();
        List<MatchedSubscription> matched = Arrays.stream(entry.subscriptions())
                .sorted()
                .mapToObj(known::get)
                .filter(Objects::nonNull)
                .map(subscription -> new MatchedSubscription(subscription.function(), subscription.name()))
                .toList();
        return new LoggedEvent(
                entry.acceptedAt(),
                LoggedEvent.wire(entry.event()),
                EventId.of(entry.position()),
                matched,
                found.shortened() ? true : null);
    }
}
