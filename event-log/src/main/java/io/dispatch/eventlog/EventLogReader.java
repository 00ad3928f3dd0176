package io.dispatch.eventlog;

import io.dispatch.contracts.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the event log; safe for use by several threads. */
public final class EventLogReader {
    private static final String NEXT_OFFSETS = "SELECT next_offset FROM event_log.partition ORDER BY number";

    /**
     * Nothing but the partitions' own rows is looked at where there is no news, and only slices from the one on that holds the
     * offset. Its plan does not depend on the values, so it is made once: for a single partition by its number PostgreSQL would
     * plan anew each time, which costs as much as the reading.
     */
    private static final String READ = """
            SELECT page."offset", organization, accepted_at, type, source, id, attributes, data, subscriptions,
                   span.partition
            FROM unnest(?::smallint[], ?::bigint[], ?::integer[]) AS span (partition, first, most)
            JOIN event_log.partition p ON p.number = span.partition AND p.next_offset > span.first
            CROSS JOIN LATERAL (
                SELECT e.*, sum(octet_length(attributes) + coalesce(octet_length(data), 0))
                    OVER (ORDER BY "offset" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                FROM (SELECT * FROM event_log.event
                      WHERE partition = span.partition AND "offset" >= span.first
                        AND slice >= (SELECT coalesce(max(number), 0) FROM event_log.slice
                                      WHERE starts[span.partition + 1] <= span.first)
                      ORDER BY "offset" LIMIT span.most) e) page
            WHERE bytes_before IS NULL OR bytes_before < ?
            ORDER BY span.partition, page."offset\"""";

    /** Written so that it is a look into one slice's key for each place, whatever is thought of the tables' sizes. */
    private static final String READ_EACH = """
            SELECT e."offset", organization, accepted_at, type, source, id, attributes, data, subscriptions, e.partition
            FROM unnest(?::smallint[], ?::bigint[]) AS wanted (partition, "offset")
            CROSS JOIN LATERAL (SELECT max(number) AS number FROM event_log.slice
                                WHERE starts[wanted.partition + 1] <= wanted."offset") s
            CROSS JOIN LATERAL (SELECT * FROM event_log.event
                                WHERE slice = s.number AND partition = wanted.partition AND "offset" = wanted."offset"
                                LIMIT 1) e
            WHERE octet_length(attributes) + coalesce(octet_length(data), 0) <= ?""";

    /** There is no index on what senders choose: it would cost every append more than such a question is worth. */
    private static final String FIND = """
            SELECT newest.partition, newest."offset"
            FROM event_log.partition p
            CROSS JOIN LATERAL (SELECT partition, "offset", organization, id, accepted_at FROM event_log.event
                                WHERE partition = p.number ORDER BY "offset" DESC LIMIT ?) newest
            WHERE newest.organization = ? AND newest.id = ?
            ORDER BY newest.accepted_at DESC LIMIT ?""";

    private final JdbcTemplate jdbc;

    /**
     * @param dataSource of a role that may read the schema {@code event_log}
     */
    public EventLogReader(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** For each partition, in order of its number, the offset that the next event will get. */
    public List<Long> nextOffsets() {
        return jdbc.query(this::nextOffsets, (row, number) -> row.getLong(1));
    }

    /**
     * The next events of one partition, in order of their offsets; empty when there are none yet.
     *
     * @param partition number of the partition
     * @param fromOffset the first offset wanted
     * @param maxCount at most so many events, from 1
     * @param maxBytes no further event once attributes and payloads have reached this size, so at least one comes
     */
    public List<LogEntry> read(int partition, long fromOffset, int maxCount, int maxBytes) {
        return readOn(List.of(new Wanted(partition, fromOffset, maxCount)), maxBytes);
    }

    /**
     * The next events of several partitions, one partition after the other, of each in order of their offsets; empty when there
     * are none yet. One round trip.
     *
     * @param wanted of each partition one at most
     * @param maxBytes no further event of a partition once attributes and payloads have reached this size, so at least one comes
     */
    public List<LogEntry> readOn(List<Wanted> wanted, int maxBytes) {
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = prepare(connection, READ);
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "int2",
                                    wanted.stream()
                                            .map(each -> (short) each.partition())
                                            .toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "int8", wanted.stream().map(Wanted::from).toArray()));
                    statement.setArray(
                            3,
                            connection.createArrayOf(
                                    "int4", wanted.stream().map(Wanted::most).toArray()));
                    statement.setLong(4, maxBytes);
                    return statement;
                },
                (row, number) -> entry(row.getInt(10), row));
    }

    /**
     * What is wanted of a partition.
     *
     * @param partition number of the partition
     * @param from the first offset wanted
     * @param most at most so many events, from 1
     */
    public record Wanted(int partition, long from, int most) {}

    /**
     * The events at these places, in no particular order; those that are not in the log any more are left out.
     *
     * @param positions where they stand, without duplicates
     * @param maxBytesEach events whose attributes and payload take more are left out
     */
    public List<LogEntry> read(Collection<Position> positions, int maxBytesEach) {
        if (positions.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = prepare(connection, READ_EACH);
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "int2",
                                    positions.stream()
                                            .map(position -> (short) position.partition())
                                            .toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "int8",
                                    positions.stream().map(Position::offset).toArray()));
                    statement.setLong(3, maxBytesEach);
                    return statement;
                },
                (row, number) -> entry(row.getInt(10), row));
    }

    /**
     * Where the events stand that have this id from their sender, the newest first; empty if there are none so far back.
     *
     * @param depth looks at so many of the newest events of each partition, whosever they are, from 1
     * @param most at most so many, from 1
     */
    public List<Position> find(String organization, String id, int depth, int most) {
        return jdbc.query(
                FIND, (row, number) -> new Position(row.getInt(1), row.getLong(2)), depth, organization, id, most);
    }

    /**
     * The event of a row that has the columns {@code type}, {@code source}, {@code id}, {@code attributes} and {@code data} of
     * {@code event_log.event}, wherever it was copied to.
     */
    public static Event event(ResultSet row) throws SQLException {
        return Columns.event(row);
    }

    private PreparedStatement nextOffsets(Connection connection) throws SQLException {
        return prepare(connection, NEXT_OFFSETS);
    }

    private static LogEntry entry(int partition, ResultSet row) throws SQLException {
        return new LogEntry(
                partition,
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                Columns.ids(row.getArray(9)),
                Columns.event(row.getString(4), row.getString(5), row.getString(6), row.getBytes(7), row.getBytes(8)));
    }

    /** Prepared on the server from the first call on: until then bytes would come as text, at three times the cost. */
    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        return statement;
    }
}
