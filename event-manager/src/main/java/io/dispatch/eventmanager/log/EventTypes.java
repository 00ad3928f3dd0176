package io.dispatch.eventmanager.log;

import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.log.EventType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Learns which types of events come: in memory, for a few nanoseconds an event, and written down every ten seconds. Safe for
 * use by several threads. What was seen since the last time is lost by a crash, as nothing depends on it.
 */
@Component
public class EventTypes implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(EventTypes.class);
    private static final long EVERY = 10_000;

    /** Types of one process between two writings; more are not learned before the next. */
    private static final int MOST_AT_ONCE = 2_000;

    private static final int LONGEST_TYPE = 1_024;

    private final EventTypeTable table;
    private final Clock clock;
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen());

    EventTypes(EventTypeTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Takes note of events that have come, wanted or not. */
    public void learn(String organization, List<Event> events) {
        Seen now = seen.get();
        long millis = clock.millis();
        for (Event event : events) {
            SeenType type = now.type(organization, event.type());
            if (type != null) {
                type.add(event, millis);
            }
        }
    }

    /** The types of an organization, by name, with what this process has seen up to now. */
    List<EventType> of(String organization) {
        write();
        return table.of(organization, clock.instant());
    }

    @Scheduled(initialDelay = EVERY, fixedDelay = EVERY)
    void writeOn() {
        try {
            write();
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("types of events could not be written");
        }
    }

    /** Writes down what was seen. An event that comes at this moment may be left out. */
    private void write() {
        if (!seen.get().isEmpty()) {
            table.add(seen.getAndSet(new Seen()).types(), clock.instant());
        }
    }

    /** The last of it. */
    @Override
    public void destroy() {
        writeOn();
    }

    /** A type of an organization. */
    record Key(String organization, String type) {}

    private static final class Seen {
        private final Map<String, Map<String, SeenType>> organizations = new ConcurrentHashMap<>();
        private final AtomicInteger size = new AtomicInteger();

        boolean isEmpty() {
            return organizations.isEmpty();
        }

        @Nullable
        SeenType type(String organization, String type) {
            Map<String, SeenType> types = organizations.computeIfAbsent(organization, _ -> new ConcurrentHashMap<>());
            SeenType known = types.get(type);
            if (known != null) {
                return known;
            }
            if (type.length() > LONGEST_TYPE || size.incrementAndGet() > MOST_AT_ONCE) {
                return null;
            }
            return types.computeIfAbsent(type, _ -> new SeenType());
        }

        Map<Key, SeenType> types() {
            Map<Key, SeenType> all = new HashMap<>();
            organizations.forEach(
                    (organization, types) -> types.forEach((type, one) -> all.put(new Key(organization, type), one)));
            return all;
        }
    }
}
