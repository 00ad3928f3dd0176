package io.dispatch.eventlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads an organization's events forwards, whole, in pieces of bounded work. Copies that a replay appended are passed over: they
 * stand in the log a second time. Safe for use by several threads.
 */
public final class EventLogScan {
    /** A piece looks at so many events of its partition at most, whosever they are. */
    public static final int DEPTH = 5_000;

    /** No further event once attributes and payloads have reached this size. */
    private static final int MOST_BYTES = 1 << 20;

    /** One snapshot, so that a slice that is dropped meanwhile is seen whole or found missing. */
    private static final String READ = """
            SELECT first.existing, hit.*
            FROM (SELECT (SELECT "offset" FROM event_log.event
                          WHERE partition = :partition AND "offset" >= :from
                          ORDER BY "offset" LIMIT 1) AS existing) first
            LEFT JOIN (
                SELECT page.*, count(*) OVER () AS found,
                       sum(octet_length(attributes) + coalesce(octet_length(data), 0))
                           OVER (ORDER BY "offset" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                FROM (SELECT e.partition, e."offset", e.organization, e.accepted_at, e.type, e.source, e.id, e.attributes,
                             e.data, e.subscriptions
                      FROM event_log.event e
                      WHERE e.partition = :partition AND e."offset" >= :from AND e."offset" < :before
                        AND e.organization = :organization
                        AND (:type::text IS NULL OR e.type LIKE :type)
                        AND (:source::text IS NULL OR e.source = :source)
                        AND (:id::text IS NULL OR e.id = :id)
                        AND (:since::timestamptz IS NULL OR e.accepted_at >= :since)
                        AND (:until::timestamptz IS NULL OR e.accepted_at < :until)
                        AND NOT EXISTS (SELECT FROM event_log.subscription s
                                        WHERE s.id = ANY (e.subscriptions) AND s.kind = 'replay')
                      ORDER BY e."offset" LIMIT :most) page
            ) hit ON hit.bytes_before IS NULL OR hit.bytes_before < :bytes
            ORDER BY hit."offset\"""";

    private final JdbcClient jdbc;
    private final EventLogSearch search;

    /**
     * @param dataSource of a role that may read the schema {@code event_log}
     */
    public EventLogScan(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.search = new EventLogSearch(dataSource);
    }

    /**
     * Offsets of all partitions, in order of their numbers, within which all events of a time lie.
     *
     * @param from the first ones
     * @param before the first ones after it, none smaller than that of {@code from}
     */
    public record Span(List<Long> from, List<Long> before) {
        public Span {
            before = List.copyOf(before);
            List<Long> ends = before;
            List<Long> starts = List.copyOf(from);
            from = IntStream.range(0, starts.size())
                    .mapToObj(i -> Math.min(starts.get(i), ends.get(i)))
                    .toList();
        }
    }

    /**
     * Where the events of a time lie, as far as the log still has them.
     *
     * @param since accepted then or later; null for the oldest there is
     * @param until accepted before; null for all up to now
     */
    public Span span(@Nullable Instant since, @Nullable Instant until) {
        return new Span(
                from(since), until == null ? search.nextOffsets() : search.seek(until.plus(EventLogSearch.DISORDER)));
    }

    /** For each partition an offset below which no event of this time or later lies; null is the beginning of the log. */
    public List<Long> from(@Nullable Instant since) {
        return search.seek(since == null ? Instant.EPOCH : since.minus(EventLogSearch.DISORDER));
    }

    /**
     * The next piece of a partition.
     *
     * @param query what is asked for; {@code text} is not looked at
     * @param from the first offset looked at
     * @param before the offset that is looked at no more, larger than {@code from}
     * @param most at most so many events, from 1
     */
    public Piece read(EventQuery query, int partition, long from, long before, int most) {
        long end = Math.min(before, from + DEPTH);
        return jdbc.sql(READ)
                .param("partition", partition)
                .param("from", from)
                .param("before", end)
                .param("organization", query.organization())
                .param("type", query.type() == null ? null : EventLogSearch.pattern(query.type()), Types.VARCHAR)
                .param("source", query.source(), Types.VARCHAR)
                .param("id", query.id(), Types.VARCHAR)
                .param("since", EventLogSearch.utc(query.since()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", EventLogSearch.utc(query.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("most", most)
                .param("bytes", MOST_BYTES)
                .query((ResultSetExtractor<Piece>) rows -> piece(rows, from, end, before, most));
    }

    /**
     * What was found.
     *
     * @param events the oldest first
     * @param next where the next piece begins
     * @param missing how many of the offsets passed over hold no event any more, whosever it was
     */
    public record Piece(List<LogEntry> events, long next, long missing) {}

    private static Piece piece(ResultSet rows, long from, long end, long before, int most) throws SQLException {
        List<LogEntry> events = new ArrayList<>();
        long existing = before;
        long found = 0;
        while (rows.next()) {
            existing = rows.getObject("existing") == null ? before : Math.min(before, rows.getLong("existing"));
            if (rows.getObject("offset") != null) {
                found = rows.getLong("found");
                events.add(new LogEntry(
                        rows.getInt("partition"),
                        rows.getLong("offset"),
                        rows.getString("organization"),
                        rows.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                        Columns.ids(rows.getArray("subscriptions")),
                        Columns.event(rows)));
            }
        }
        boolean more = events.size() < found || found == most;
        long next = more ? events.getLast().offset() + 1 : Math.max(end, existing);
        return new Piece(List.copyOf(events), next, existing - from);
    }
}
