package io.dispatch.eventmanager.log;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.event.Event;
import io.dispatch.contracts.log.EventType;
import io.dispatch.contracts.log.LoggedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is known of types of events; owns table {@code event_type}. */
@Component
class EventTypeTable {
    /** An organization's least recent types beyond these are forgotten. */
    private static final int MOST = 1_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Several replicas add to the same minute; the first after its end begins the next. */
    private static final String ADD = """
            INSERT INTO event_manager.event_type AS t
                (organization, type, first_seen, last_seen, count, minute_began, in_minute, rate, sources, sample)
            VALUES (:organization, :type, :seen, :seen, :count, :now, :count, 0, :sources, :sample)
            ON CONFLICT (organization, type) DO UPDATE
            SET last_seen = greatest(t.last_seen, excluded.last_seen),
                count = t.count + excluded.count,
                minute_began = CASE WHEN t.minute_began < :minuteAgo THEN :now ELSE t.minute_began END,
                in_minute = CASE WHEN t.minute_began < :minuteAgo THEN 0 ELSE t.in_minute + excluded.count END,
                rate = CASE WHEN t.minute_began < :minuteAgo
                            THEN (t.in_minute + excluded.count) / extract(epoch FROM :now - t.minute_began)
                            ELSE t.rate END,
                sources = ARRAY(SELECT s FROM unnest(excluded.sources || t.sources) WITH ORDINALITY AS u (s, place)
                                GROUP BY s ORDER BY min(place) LIMIT 10),
                sample = coalesce(excluded.sample, t.sample)""";

    private static final String FORGET = """
            DELETE FROM event_manager.event_type t
            USING (SELECT organization, type, last_seen,
                          row_number() OVER (PARTITION BY organization ORDER BY last_seen DESC) AS place
                   FROM event_manager.event_type) o
            WHERE t.organization = o.organization AND t.type = o.type AND (o.place > :most OR o.last_seen < :oldest)""";

    private static final String LIST = """
            SELECT *, CASE WHEN last_seen < :quiet THEN 0
                           WHEN rate > 0 THEN rate
                           ELSE in_minute / greatest(10, extract(epoch FROM :now - first_seen)) END AS shown
            FROM event_manager.event_type WHERE organization = :organization ORDER BY type LIMIT :most""";

    private final JdbcClient jdbc;

    EventTypeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds what was seen, in the order of keys, so that two replicas do not wait for each other in a circle. */
    @Transactional
    public void add(Map<EventTypes.Key, SeenType> seen, Instant now) {
        TreeSet<EventTypes.Key> keys =
                new TreeSet<>(Comparator.comparing(EventTypes.Key::organization).thenComparing(EventTypes.Key::type));
        keys.addAll(seen.keySet());
        for (EventTypes.Key key : keys) {
            SeenType type = Objects.requireNonNull(seen.get(key));
            if (type.count() > 0) {
                add(key, type, now);
            }
        }
        jdbc.sql(FORGET)
                .param("most", MOST)
                .param("oldest", utc(now.minus(FORGOTTEN_AFTER)))
                .update();
    }

    private void add(EventTypes.Key key, SeenType type, Instant now) {
        Event sample = type.sample();
        jdbc.sql(ADD)
                .param("organization", key.organization())
                .param("type", key.type())
                .param("seen", utc(type.lastSeen()))
                .param("count", type.count())
                .param("now", utc(now), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("minuteAgo", utc(now.minus(MINUTE)))
                .param("sources", type.sources().toArray(String[]::new))
                .param(
                        "sample",
                        sample == null ? null : LoggedEvent.wire(sample).json(),
                        Types.VARCHAR)
                .update();
    }

    /** The types of an organization, by name. */
    List<EventType> of(String organization, Instant now) {
        return jdbc.sql(LIST)
                .param("organization", organization)
                .param("now", utc(now), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("quiet", utc(now.minus(MINUTE.multipliedBy(2))))
                .param("most", MOST)
                .query((row, _) -> type(row))
                .list();
    }

    private static EventType type(ResultSet row) throws SQLException {
        @Nullable String sample = row.getString("sample");
        return new EventType(
                row.getLong("count"),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                Math.round(row.getDouble("shown") * 1000) / 1000.0,
                sample == null ? null : new RawJson(sample),
                List.of((String[]) row.getArray("sources").getArray()),
                row.getString("type"));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
