package io.dispatch.eventlog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Keeps the slices of the log: begins a new one now and then, and drops the oldest that are too old or too many, never one with
 * events that are still owed. Appends and reads go on meanwhile. Any number of processes may do so; one at a time does.
 */
public final class EventLogSlices {
    /** So many slices make the span or the size that is kept: a search looks into each, and they go one by one. */
    private static final int SLICES = 8;

    private static final String ALONE = "SELECT pg_try_advisory_lock(hashtext('event_log slices'))";
    private static final String NO_LONGER_ALONE = "SELECT pg_advisory_unlock(hashtext('event_log slices'))";

    /** Attaching takes a lock that lets appends and reads pass. */
    private static final String CREATE = """
            BEGIN;
            SET LOCAL lock_timeout = '2s';
            CREATE TABLE event_log.event_:slice (LIKE event_log.event INCLUDING STORAGE, PRIMARY KEY (partition, "offset"));
            ALTER TABLE event_log.event ATTACH PARTITION event_log.event_:slice FOR VALUES IN (:slice);
            INSERT INTO event_log.slice (number, created_at) VALUES (:slice, now());
            COMMIT""";

    /** Appends wait for these few lines. They lock the partitions in the same order. */
    private static final String SWITCH = """
            BEGIN;
            SET LOCAL lock_timeout = '2s';
            SELECT number FROM event_log.partition ORDER BY number FOR UPDATE;
            UPDATE event_log.slice
            SET ends = (SELECT array_agg(next_offset ORDER BY number) FROM event_log.partition), ended_at = now()
            WHERE starts IS NOT NULL AND ends IS NULL;
            UPDATE event_log.slice
            SET starts = (SELECT array_agg(next_offset ORDER BY number) FROM event_log.partition), began_at = now()
            WHERE number = :slice;
            UPDATE event_log.partition SET slice = :slice;
            COMMIT""";

    private static final String STATE = """
            SELECT s.number, s.starts IS NULL AS spare, s.ends IS NOT NULL AS ended,
                   extract(epoch FROM now() - CASE WHEN s.starts IS NULL THEN s.created_at
                                                   WHEN s.ends IS NULL THEN s.began_at ELSE s.ended_at END) AS age,
                   coalesce(pg_total_relation_size(to_regclass('event_log.event_' || s.number)), 0) AS size,
                   s.starts = (SELECT array_agg(next_offset ORDER BY number) FROM event_log.partition) AS empty
            FROM event_log.slice s ORDER BY s.number""";

    /** No row of progress, or no such view yet: nothing is known to be delivered. */
    private static final String STILL_OWED = """
            SELECT count(*) > 0
            FROM event_log.slice s CROSS JOIN event_log.partition p
            LEFT JOIN delivery_progress.partition d ON d.number = p.number
            WHERE s.number = :slice AND s.ends[p.number + 1] > s.starts[p.number + 1]
              AND coalesce(d.lowest_needed, 0) < s.ends[p.number + 1]""";

    private static final String PROGRESS_IS_THERE = """
            SELECT coalesce(has_schema_privilege('delivery_progress', 'usage')
                            AND has_table_privilege(to_regclass('delivery_progress.partition'), 'select'), false)""";

    /** What an earlier, interrupted attempt left: not attached at all (null), or on its way out (true). */
    private static final String DETACHING = """
            SELECT (SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass('event_log.event_:slice'))""";

    private final DataSource dataSource;
    private final Duration readyFor;

    /**
     * @param dataSource of the role that owns the schema {@code event_log}
     */
    public EventLogSlices(DataSource dataSource) {
        this(dataSource, Duration.ofMinutes(1));
    }

    /**
     * @param readyFor a slice is used once it has been there for so long: longer than any append takes, as an append that began
     *     before does not know it
     */
    EventLogSlices(DataSource dataSource, Duration readyFor) {
        this.dataSource = dataSource;
        this.readyFor = readyFor;
    }

    /**
     * What was done and what is left.
     *
     * @param dropped how many slices were dropped
     * @param bytes what the log takes on disk now, indexes included
     * @param owed whether more would have been dropped were it not for events that are still to be delivered
     */
    public record Kept(int dropped, long bytes, boolean owed) {}

    /**
     * Looks once, and does what is due.
     *
     * @param age events are kept for at least so long, if there is room
     * @param maxBytes above this the oldest go, however young they are
     * @throws DataAccessException if the database could not be reached or refused; what is not done is done the next time
     */
    public Kept keep(Duration age, long maxBytes) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isTrue(statement, ALONE)) {
                return drop(statement, age, maxBytes, false);
            }
            try {
                begin(statement, age, maxBytes);
                return drop(statement, age, maxBytes, true);
            } finally {
                rollBack(connection, statement);
            }
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private void begin(Statement statement, Duration age, long maxBytes) throws SQLException {
        List<Slice> slices = slices(statement);
        Slice last = slices.getLast();
        if (!last.spare()) {
            statement.execute(of(last.number() + 1, CREATE));
            return;
        }
        Slice current = slices.get(slices.size() - 2);
        boolean full = current.age() > age.toSeconds() / (double) SLICES || current.size() > maxBytes / SLICES;
        if (full && !current.empty() && last.age() >= readyFor.toSeconds()) {
            statement.execute(of(last.number(), SWITCH));
        }
    }

    /** @param alone whether to drop; who is not alone only looks */
    private static Kept drop(Statement statement, Duration age, long maxBytes, boolean alone) throws SQLException {
        List<Slice> slices = new ArrayList<>(slices(statement));
        int dropped = 0;
        boolean progress = isTrue(statement, PROGRESS_IS_THERE);
        while (slices.getFirst().ended() && (slices.getFirst().age() > age.toSeconds() || bytes(slices) > maxBytes)) {
            Slice oldest = slices.getFirst();
            if (!progress || isTrue(statement, of(oldest.number(), STILL_OWED))) {
                return new Kept(dropped, bytes(slices), true);
            }
            if (!alone) {
                break;
            }
            drop(statement, oldest.number());
            slices.removeFirst();
            dropped++;
        }
        return new Kept(dropped, bytes(slices), false);
    }

    /** Appends and reads pass while a slice is taken out; a kill in between leaves what the next attempt goes on from. */
    private static void drop(Statement statement, int slice) throws SQLException {
        Boolean detaching = bool(statement, of(slice, DETACHING));
        if (detaching != null) {
            statement.execute("ALTER TABLE event_log.event DETACH PARTITION event_log.event_%d %s"
                    .formatted(slice, detaching ? "FINALIZE" : "CONCURRENTLY"));
        }
        statement.execute("""
                BEGIN;
                DROP TABLE IF EXISTS event_log.event_%1$d;
                DELETE FROM event_log.slice WHERE number = %1$d;
                COMMIT""".formatted(slice));
    }

    /** The statement for one slice; a table's name cannot be a parameter. */
    private static String of(int slice, String sql) {
        return sql.replace(":slice", Integer.toString(slice));
    }

    private static List<Slice> slices(Statement statement) throws SQLException {
        List<Slice> slices = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(STATE)) {
            while (rows.next()) {
                slices.add(new Slice(
                        rows.getInt("number"),
                        rows.getBoolean("spare"),
                        rows.getBoolean("ended"),
                        rows.getDouble("age"),
                        rows.getLong("size"),
                        rows.getBoolean("empty")));
            }
        }
        return slices;
    }

    /**
     * A slice.
     *
     * @param age seconds since it was made, if it is not in use; since it began, if it has not ended; else since it ended
     * @param size bytes on disk
     */
    private record Slice(int number, boolean spare, boolean ended, double age, long size, boolean empty) {}

    private static long bytes(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::size).sum();
    }

    private static boolean isTrue(Statement statement, String sql) throws SQLException {
        return Boolean.TRUE.equals(bool(statement, sql));
    }

    private static @Nullable Boolean bool(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getObject(1, Boolean.class);
        }
    }

    /** A statement that failed may have left its transaction open. */
    private static void rollBack(Connection connection, Statement statement) throws SQLException {
        if (connection.isValid(1)) {
            statement.execute("ROLLBACK");
            statement.execute(NO_LONGER_ALONE);
        }
    }

    private static DataAccessException translated(SQLException failure) {
        DataAccessException known =
                new SQLStateSQLExceptionTranslator().translate("keep the slices of the event log", null, failure);
        return known == null ? new UncategorizedSQLException("keep the slices of the event log", null, failure) : known;
    }
}
