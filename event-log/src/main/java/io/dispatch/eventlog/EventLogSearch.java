package io.dispatch.eventlog;

import io.dispatch.eventlog.EventPage.Found;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Searches the log from the newest event backwards, page by page. There is no index but the key, as one on anything else would
 * cost every append more than searches are worth: each page looks at a bounded number of events, whosever they are. Safe
 * for use by several threads.
 */
public final class EventLogSearch {
    /** A page looks at so many events of each partition at most: a tenth of a second or two. */
    public static final int DEPTH = 25_000;

    /** Attributes and payload of more bytes are left out of a page. */
    public static final int LONGEST = 8_192;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** An append may wait so long, after its time was taken, for the lock of its partition: times are in order up to this. */
    static final Duration DISORDER = Duration.ofSeconds(5);

    /** Halves the span in question, as times grow with offsets. What is not there any more was before. */
    private static final String SEEK = """
            WITH RECURSIVE search (number, low, high) AS (
                SELECT number, 0::bigint, next_offset FROM event_log.partition
                UNION ALL
                SELECT s.number, CASE WHEN probe.before THEN probe.middle + 1 ELSE s.low END,
                       CASE WHEN probe.before THEN s.high ELSE probe.middle END
                FROM search s
                CROSS JOIN LATERAL (
                    SELECT m.middle,
                           coalesce((SELECT e.accepted_at FROM event_log.event e
                                     WHERE e.partition = s.number AND e."offset" = m.middle) < :time, true) AS before
                    FROM (SELECT (s.low + s.high) / 2 AS middle) m) probe
                WHERE s.low < s.high
            )
            SELECT low FROM search WHERE low = high ORDER BY number""";

    private static final String NEWEST_TIME = """
            SELECT max(e.accepted_at)
            FROM unnest(:partitions::smallint[], :offsets::bigint[]) AS wanted (partition, "offset")
            JOIN event_log.event e ON e.partition = wanted.partition AND e."offset" = wanted."offset\"""";

    private static final String SCAN = """
            SELECT hit.partition, hit."offset", hit.accepted_at
            FROM unnest(:partitions::smallint[], :from::bigint[], :before::bigint[]) AS span (number, first, before)
            CROSS JOIN LATERAL (
                SELECT partition, "offset", accepted_at FROM event_log.event
                WHERE partition = span.number AND "offset" >= span.first AND "offset" < span.before
                  AND organization = :organization
                  AND (:type::text IS NULL OR type LIKE :type)
                  AND (:source::text IS NULL OR source = :source)
                  AND (:id::text IS NULL OR id = :id)
                  AND (:since::timestamptz IS NULL OR accepted_at >= :since)
                  AND (:until::timestamptz IS NULL OR accepted_at < :until)
                  AND (:text::bytea IS NULL OR position(:text::bytea IN attributes) > 0
                       OR position(:text::bytea IN data) > 0)
                ORDER BY "offset" DESC LIMIT :most) hit
            ORDER BY hit.partition, hit."offset" DESC""";

    private static final String FOLLOW = """
            SELECT e.partition, e."offset", e.accepted_at
            FROM event_log.event e
            WHERE e.partition = :partition AND e."offset" >= :from AND e."offset" < :before
              AND e.organization = :organization AND (:type::text IS NULL OR e.type LIKE :type)
            ORDER BY e."offset" LIMIT :most""";

    private static final String READ = """
            SELECT e.partition, e."offset", e.organization, e.accepted_at, e.subscriptions, e.type, e.source, e.id,
                   CASE WHEN size <= :longest THEN e.attributes ELSE '' END AS attributes,
                   CASE WHEN size <= :longest THEN e.data END AS data,
                   size > :longest AS shortened
            FROM unnest(:partitions::smallint[], :offsets::bigint[]) AS wanted (partition, "offset")
            JOIN event_log.event e ON e.partition = wanted.partition AND e."offset" = wanted."offset"
            CROSS JOIN LATERAL (SELECT octet_length(e.attributes) + coalesce(octet_length(e.data), 0) AS size) sized""";

    private final JdbcClient jdbc;
    private final EventLogReader reader;

    /**
     * @param dataSource of a role that may read the schema {@code event_log}
     */
    public EventLogSearch(DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout((int) PATIENCE.toSeconds());
        this.jdbc = JdbcClient.create(template);
        this.reader = new EventLogReader(dataSource);
    }

    /**
     * For each partition, in order of its number, the offset of the first event that was accepted at this time or later, give or
     * take a few seconds; the next offset of all where there is none.
     */
    public List<Long> seek(Instant time) {
        return jdbc.sql(SEEK)
                .param("time", utc(time))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /**
     * A page of what a query asks for.
     *
     * @param before where the page begins, as {@link EventPage#next} of the page before; null for the newest
     * @param most at most so many events, from 1
     * @throws QueryTimeoutException if it takes longer than ten seconds
     */
    public EventPage search(EventQuery query, @Nullable List<Long> before, int most) {
        List<Long> ends = before == null ? ends(query.until()) : before;
        List<Long> starts = query.since() == null
                ? ends.stream().map(_ -> 0L).toList()
                : seek(query.since().minus(DISORDER));
        Depth depth = depth(starts, ends);
        List<List<Hit>> hits = scan(query, depth.from(), ends, most);
        List<Hit> page = new ArrayList<>();
        List<Long> next = new ArrayList<>(depth.from());
        List<Hit> heads = new ArrayList<>();
        hits.stream().filter(some -> !some.isEmpty()).forEach(some -> heads.add(some.removeFirst()));
        while (page.size() < most && !heads.isEmpty()) {
            Hit newest =
                    heads.stream().max(Comparator.comparing(Hit::acceptedAt)).orElseThrow();
            heads.remove(newest);
            page.add(newest);
            List<Hit> rest = hits.get(newest.position().partition());
            if (!rest.isEmpty()) {
                heads.add(rest.removeFirst());
            }
        }
        if (page.size() == most) {
            // What lies between the last of a partition and its floor has hits that are left, or that were not asked
            // for.
            for (int partition = 0; partition < next.size(); partition++) {
                next.set(partition, ends.get(partition));
            }
            page.forEach(
                    hit -> next.set(hit.position().partition(), hit.position().offset()));
        }
        boolean more = IntStream.range(0, next.size()).anyMatch(i -> next.get(i) > starts.get(i));
        return new EventPage(read(page), more ? next : null, depth.since());
    }

    /**
     * What came next in a partition, the oldest first.
     *
     * @param type their type, {@code *} standing for any run of characters; null for all
     * @param from the first offset looked at
     * @param before the offset that is looked at no more
     * @param most at most so many events, from 1
     */
    public List<Found> follow(
            String organization, @Nullable String type, int partition, long from, long before, int most) {
        return read(jdbc.sql(FOLLOW)
                .param("partition", partition)
                .param("from", from)
                .param("before", before)
                .param("organization", organization)
                .param("type", type == null ? null : pattern(type), Types.VARCHAR)
                .param("most", most)
                .query((row, _) -> hit(row))
                .list());
    }

    /** For each partition, in order of its number, the offset that the next event will get. */
    public List<Long> nextOffsets() {
        return reader.nextOffsets();
    }

    private static Hit hit(ResultSet row) throws SQLException {
        return new Hit(
                new Position(row.getInt(1), row.getLong(2)),
                row.getObject(3, OffsetDateTime.class).toInstant());
    }

    private List<Long> ends(@Nullable Instant until) {
        return until == null ? reader.nextOffsets() : seek(until.plus(DISORDER));
    }

    /** How far back a page looks: equally far in all partitions, so that pages follow each other in time. */
    private Depth depth(List<Long> starts, List<Long> ends) {
        List<Integer> deeper = IntStream.range(0, ends.size())
                .filter(partition -> ends.get(partition) - starts.get(partition) > DEPTH)
                .boxed()
                .toList();
        if (deeper.isEmpty()) {
            return new Depth(starts, null);
        }
        OffsetDateTime time = jdbc.sql(NEWEST_TIME)
                .param("partitions", shorts(deeper))
                .param(
                        "offsets",
                        deeper.stream()
                                .map(partition -> ends.get(partition) - DEPTH)
                                .toArray(Long[]::new))
                .query(OffsetDateTime.class)
                .optional()
                .orElse(null);
        if (time == null) {
            // So far back there is nothing left.
            return new Depth(starts, null);
        }
        List<Long> floors = seek(time.toInstant());
        List<Long> from = IntStream.range(0, ends.size())
                .mapToObj(i -> Math.max(starts.get(i), Math.min(ends.get(i), floors.get(i))))
                .toList();
        return new Depth(from, time.toInstant());
    }

    /** Where a page ends in each partition, and at what time; null if that is the end of all. */
    private record Depth(List<Long> from, @Nullable Instant since) {}

    private List<List<Hit>> scan(EventQuery query, List<Long> from, List<Long> before, int most) {
        byte[] text = query.text() == null ? null : query.text().getBytes(StandardCharsets.UTF_8);
        List<List<Hit>> hits = new ArrayList<>();
        before.forEach(_ -> hits.add(new ArrayList<>()));
        jdbc.sql(SCAN)
                .param(
                        "partitions",
                        shorts(IntStream.range(0, before.size()).boxed().toList()))
                .param("from", from.toArray(Long[]::new))
                .param("before", before.toArray(Long[]::new))
                .param("organization", query.organization())
                .param("type", query.type() == null ? null : pattern(query.type()), Types.VARCHAR)
                .param("source", query.source(), Types.VARCHAR)
                .param("id", query.id(), Types.VARCHAR)
                .param("since", utc(query.since()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", utc(query.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("text", text, Types.BINARY)
                .param("most", most)
                .query((row, _) -> hit(row))
                .list()
                .forEach(hit -> hits.get(hit.position().partition()).add(hit));
        return hits;
    }

    private record Hit(Position position, Instant acceptedAt) {}

    private List<Found> read(List<Hit> hits) {
        if (hits.isEmpty()) {
            return List.of();
        }
        List<Position> positions = hits.stream().map(Hit::position).toList();
        Map<Position, Found> found = jdbc
                .sql(READ)
                .param(
                        "partitions",
                        shorts(positions.stream().map(Position::partition).toList()))
                .param("offsets", positions.stream().map(Position::offset).toArray(Long[]::new))
                .param("longest", LONGEST)
                .query((row, _) -> found(row))
                .list()
                .stream()
                .collect(Collectors.toMap(one -> one.entry().position(), Function.identity()));
        return positions.stream()
                .filter(found::containsKey)
                .map(position -> Objects.requireNonNull(found.get(position)))
                .toList();
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                new LogEntry(
                        row.getInt("partition"),
                        row.getLong("offset"),
                        row.getString("organization"),
                        row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                        Columns.ids(row.getArray("subscriptions")),
                        Columns.event(row)),
                row.getBoolean("shortened"));
    }

    /** As LIKE has it. */
    static String pattern(String type) {
        return type.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('*', '%');
    }

    private static Short[] shorts(Collection<Integer> numbers) {
        return numbers.stream().map(Integer::shortValue).toArray(Short[]::new);
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
