package io.dispatch.eventmanager.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dispatch.contracts.event.Event;
import io.dispatch.eventlog.NewEntry;
import io.dispatch.eventlog.Position;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Events that are not to be kept again; owns table {@code seen_event}. Safe for use by several threads and replicas. */
@Component
class SeenEvents {
    private static final Logger log = LoggerFactory.getLogger(SeenEvents.class);
    private static final int FORGOTTEN_AT_ONCE = 10_000;

    private static final String FIND = """
            SELECT w.number, s.partition, s."offset", s.matched
            FROM unnest(?::text[], ?::uuid[]) WITH ORDINALITY AS w (organization, event, number)
            JOIN event_manager.seen_event s ON s.organization = w.organization AND s.event = w.event
            WHERE s.until > now()""";

    /** In the order of the key, so that two writers cannot wait for each other. What is there and not yet over is left out. */
    private static final String ADD = """
            INSERT INTO event_manager.seen_event AS s (organization, event, partition, "offset", matched, until)
            SELECT organization, event, partition, "offset", matched, now() + seconds * interval '1 second'
            FROM unnest(?::text[], ?::uuid[], ?::smallint[], ?::bigint[], ?::integer[], ?::float8[])
                 AS w (organization, event, partition, "offset", matched, seconds)
            ORDER BY organization, event
            ON CONFLICT (organization, event) DO UPDATE
            SET partition = excluded.partition, "offset" = excluded."offset", matched = excluded.matched,
                until = excluded.until
            WHERE s.until <= now()""";

    private static final String FORGET = """
            DELETE FROM event_manager.seen_event WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM event_manager.seen_event WHERE until < now()
                ORDER BY until LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final JdbcTemplate jdbc;

    SeenEvents(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By what an event is known again.
     *
     * @param event of its source and id
     */
    record Key(String organization, UUID event) {

        static Key of(NewEntry entry) {
            return new Key(entry.organization(), digest(entry.event()));
        }

        /** The first half of a SHA-256: so far nobody knows two texts with the same one. The length keeps the two parts apart. */
        private static UUID digest(Event event) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                byte[] source = event.source().getBytes(UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(source.length).array());
                digest.update(source);
                ByteBuffer half = ByteBuffer.wrap(digest.digest(event.id().getBytes(UTF_8)));
                return new UUID(half.getLong(), half.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /**
     * An event that is to be known again.
     *
     * @param place of its entry in the group
     * @param matched how many subscriptions it matched
     * @param window for how long
     */
    record New(Key key, int place, int matched, Duration window) {}

    /** What became of those events that were kept and are not to be kept again. */
    Map<Key, Acceptance> find(List<Key> keys) {
        Map<Key, Acceptance> found = new HashMap<>();
        jdbc.query(
                FIND,
                statement -> {
                    set(statement, 1, "text", keys, Key::organization);
                    set(statement, 2, "uuid", keys, Key::event);
                },
                row -> {
                    Position position = new Position(row.getInt(2), row.getLong(3));
                    found.put(keys.get(row.getInt(1) - 1), new Acceptance(row.getInt(4), position, true));
                });
        return found;
    }

    /**
     * Adds events in the transaction that appends them. Waits for another transaction that adds the same.
     *
     * @param positions of all entries of the group
     * @throws SeenMeanwhile if one of them has been kept since {@link #find}: the transaction must be rolled back
     */
    void add(Connection connection, List<New> events, List<Position> positions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            set(statement, 1, "text", events, event -> event.key().organization());
            set(statement, 2, "uuid", events, event -> event.key().event());
            set(statement, 3, "int2", events, event ->
                    (short) positions.get(event.place()).partition());
            set(
                    statement,
                    4,
                    "int8",
                    events,
                    event -> positions.get(event.place()).offset());
            set(statement, 5, "int4", events, New::matched);
            set(statement, 6, "float8", events, event -> event.window().toMillis() / 1000.0);
            if (statement.executeUpdate() < events.size()) {
                throw new SeenMeanwhile();
            }
        }
    }

    /** Forgets what is over; once a minute, some at a time. */
    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void forget() {
        try {
            int forgotten = FORGOTTEN_AT_ONCE;
            while (forgotten == FORGOTTEN_AT_ONCE) {
                forgotten = jdbc.update(FORGET, FORGOTTEN_AT_ONCE);
            }
        } catch (DataAccessException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("seen events could not be forgotten, trying again");
        }
    }

    private static <T> void set(
            PreparedStatement statement, int index, String type, List<T> rows, Function<T, Object> column)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray()));
    }

    /** Somebody else has kept one of the events at the same time. */
    static final class SeenMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;

        SeenMeanwhile() {
            super("one of the events has been kept meanwhile", null, false, false);
        }
    }
}
