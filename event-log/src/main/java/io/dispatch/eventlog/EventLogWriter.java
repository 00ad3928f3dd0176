package io.dispatch.eventlog;

import io.dispatch.eventlog.AppendResult.Appended;
import io.dispatch.eventlog.AppendResult.SubscriptionsChanged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Appends events to the log, a group at a time, each group in one transaction: all of it or nothing. Safe for use by several
 * threads and several processes; groups of one process are best appended one after the other, as two at once cost more than
 * one that is twice as large.
 */
public final class EventLogWriter {
    /**
     * One round trip: begin, the time limits, and the append. Nothing is written and no lock taken when the subscriptions'
     * version has moved. Locks are taken in the order of the partitions' numbers, so that two writers cannot wait for each
     * other. Who saw the version before it moved may get the lock after that: {@code matched_from} is compared with the lock
     * held.
     */
    private static final String APPEND = """
            SET LOCAL lock_timeout = '3s';
            SET LOCAL idle_in_transaction_session_timeout = '5s';
            WITH current AS MATERIALIZED (
                SELECT version FROM event_log.subscriptions_version
            ), locked AS MATERIALIZED (
                SELECT number, next_offset, slice FROM event_log.partition
                WHERE number = ANY (?) AND (SELECT version FROM current) = ?
                  AND matched_from <= (SELECT version FROM current)
                ORDER BY number FOR UPDATE
            ), moved AS (
                UPDATE event_log.partition p SET next_offset = l.next_offset + c.count
                FROM locked l JOIN unnest(?::smallint[], ?::bigint[]) AS c (number, count) USING (number)
                WHERE p.number = l.number
            ), appended AS (
                INSERT INTO event_log.event
                    (partition, "offset", organization, accepted_at, type, source, id, attributes, data, subscriptions,
                     slice)
                SELECT l.number, l.next_offset + e.place, e.organization, now(), e.type, e.source, e.id, e.attributes,
                       e.data, e.subscriptions::bigint[], l.slice
                FROM unnest(?::smallint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[],
                            ?::text[])
                     AS e (number, place, organization, type, source, id, attributes, data, subscriptions)
                JOIN locked l USING (number)
            )
            SELECT c.version, pg_current_xact_id()::text, l.number, l.next_offset,
                   CASE WHEN ? THEN pg_notify('%s', '') IS NULL END
            FROM current c LEFT JOIN locked l ON true""".formatted(Signal.EVENT_LOG);

    private static final String TASK = "append to the event log";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int PARTITIONS = 4;

    private final DataSource dataSource;
    private final PublishedSubscriptions subscriptions;
    private final CommitOutcome outcome;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param dataSource of a role that may write the schema {@code event_log}
     */
    public EventLogWriter(DataSource dataSource) {
        this.dataSource = dataSource;
        this.subscriptions = new PublishedSubscriptions(dataSource);
        this.outcome = new CommitOutcome(dataSource);
    }

    /**
     * Appends a group, unless the subscriptions have changed since it was matched. A group may be empty (all its events
     * matched nothing): then only the version is looked at.
     *
     * @param entries the events; those with a {@code partitionkey} go to the partition of organization and key, the others
     *     together to the partition whose turn it is
     * @param matchedAt the version of the subscriptions that the events were matched against
     * @param signal whether readers are woken ({@link Signal}) and need not find out by looking from time to time; commits that
     *     signal wait for each other
     * @throws DataAccessException if the database could not be reached or refused: nothing was written
     * @throws OutcomeUnknownException if the connection broke during the commit and the database could not be asked
     *     afterwards: all was written or nothing
     */
    public AppendResult append(List<NewEntry> entries, long matchedAt, boolean signal) {
        if (entries.isEmpty()) {
            long version = subscriptions.version();
            return version == matchedAt ? new Appended(List.of()) : new SubscriptionsChanged(version);
        }
        return append(entries, matchedAt, signal, _ -> null);
    }

    /**
     * Appends a group as {@link #append(List, long, boolean)} does, and does something else in the same transaction: both or
     * neither. A group may be empty: then the version is looked at, and the rest is done alone.
     *
     * @param also what is done after the append and before the commit; not if the subscriptions have changed. Its failure ends the
     *     transaction
     */
    public AppendResult append(List<NewEntry> entries, long matchedAt, boolean signal, ConnectionCallback<?> also) {
        return append(_ -> entries, matchedAt, signal, (connection, _) -> also.doInConnection(connection));
    }

    /** The same, where what else is done has to know where the events stand. */
    public AppendResult append(List<NewEntry> entries, long matchedAt, boolean signal, Also also) {
        return append(_ -> entries, matchedAt, signal, also);
    }

    /** What else is done in the transaction of an append. */
    @FunctionalInterface
    public interface Also {

        /**
         * Does it. A failure ends the transaction.
         *
         * @param positions where the events stand once the transaction is committed, in the order of the group
         */
        void run(Connection connection, List<Position> positions) throws SQLException;
    }

    /**
     * Appends what is taken from elsewhere in the same transaction, both or neither, as {@link #append(List, long, boolean)}
     * does.
     *
     * @param take takes what there is and gives the group, which may be empty, before anything else is done; null ends the
     *     transaction as if it had not been called, and nothing was appended. If the subscriptions have changed, nothing was taken
     */
    public AppendResult append(ConnectionCallback<@Nullable List<NewEntry>> take, long matchedAt, boolean signal) {
        return append(take, matchedAt, signal, (_, _) -> {});
    }

    private AppendResult append(
            ConnectionCallback<@Nullable List<NewEntry>> take, long matchedAt, boolean signal, Also also) {
        List<NewEntry> entries;
        Prepared prepared;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            entries = take.doInConnection(connection);
            if (entries == null) {
                connection.rollback();
                return new Appended(List.of());
            }
            Group group = new Group(entries, PARTITIONS, Math.floorMod(turn.getAndIncrement(), PARTITIONS));
            prepared = insert(connection, group, matchedAt, signal);
            if (prepared.result() instanceof Appended(List<Position> positions)) {
                also.run(connection, positions);
                prepared = prepared.committed(connection);
            } else {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw translated(failure);
        }
        SQLException broken = prepared.broken();
        if (broken != null
                && prepared.result() instanceof Appended appended
                && (entries.isEmpty()
                        || !outcome.isCommitted(
                                prepared.transaction(),
                                appended.positions().getFirst(),
                                entries.getFirst().event(),
                                broken))) {
            throw translated(broken);
        }
        return prepared.result();
    }

    private static Prepared insert(Connection connection, Group group, long matchedAt, boolean signal)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            group.bind(statement, matchedAt);
            statement.setBoolean(14, signal);
            statement.execute();
            while (statement.getUpdateCount() >= 0) {
                statement.getMoreResults();
            }
            long[] first = new long[PARTITIONS];
            try (ResultSet rows = statement.getResultSet()) {
                int locked = 0;
                long version = 0;
                String transaction = "";
                while (rows.next()) {
                    version = rows.getLong(1);
                    transaction = rows.getString(2);
                    if (rows.getObject(3) != null) {
                        locked++;
                        first[rows.getInt(3)] = rows.getLong(4);
                    }
                }
                if (version != matchedAt) {
                    return new Prepared(new SubscriptionsChanged(version), transaction, null);
                }
                if (locked != group.touched().length) {
                    return new Prepared(new SubscriptionsChanged(version + 1), transaction, null);
                }
                return new Prepared(new Appended(group.positions(first)), transaction, null);
            }
        }
    }

    private static DataAccessException translated(SQLException failure) {
        if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
            return new CannotAcquireLockException("a partition of the event log stays locked", failure);
        }
        DataAccessException known = new SQLStateSQLExceptionTranslator().translate(TASK, null, failure);
        return known == null ? new UncategorizedSQLException(TASK, null, failure) : known;
    }

    /** A group that was sent; what is in {@code result} holds if the transaction has been committed. */
    private record Prepared(
            AppendResult result,
            String transaction,
            @Nullable SQLException broken) {
        Prepared committed(Connection connection) {
            try {
                connection.commit();
                return this;
            } catch (SQLException failure) {
                return new Prepared(result, transaction, failure);
            }
        }
    }
}
