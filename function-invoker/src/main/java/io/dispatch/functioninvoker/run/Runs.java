package io.dispatch.functioninvoker.run;

import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.batch.Batch;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The runs that events triggered; owns table {@code run}. Safe for any thread. */
@Component
public class Runs {

    private static final String INSERT = """
            insert into function_invoker.run
                ("offset", subscription, function_name, started_at, finished_at, partition, attempt, output, error, logs)
            select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                                 ?::smallint[], ?::smallint[], ?::text[], ?::text[], ?::text[])""";

    /** To look for what is there costs a third more than to fail in the rare case that something is. */
    private static final String INSERT_MISSING = INSERT + " on conflict do nothing";

    private static final String SETTLED = """
            select "offset", subscription from function_invoker.run where partition = :partition and "offset" >= :offset""";

    private static final String FIND = """
            select r.*, n.name, f.id as function_id, s.secrets
              from function_invoker.run r
              join function_invoker.function_name n on n.number = r.function_name
              left join function_invoker.function f on f.organization = n.organization and f.name = n.name
              left join event_log.subscription s on s.id = r.subscription
             where r.partition = :partition and r."offset" = :offset and r.subscription = :subscription
               and r.attempt = :attempt and n.organization = :organization""";

    /** The newest of each function's name, and of those the newest: one short look into the index for each name. */
    private static final String NEWEST = """
            select r.partition, r."offset", r.subscription, r.attempt, r.started_at, r.finished_at, r.error, r.logs,
                   case when octet_length(r.output) <= :longest then r.output end as output,
                   octet_length(r.output) > :longest as left_out, n.name, f.id as function_id, s.secrets
              from function_invoker.function_name n
             cross join lateral (select * from function_invoker.run
                                  where function_name = n.number
                                    and started_at > :startedAfter and finished_at > :finishedAfter
                                  order by started_at desc limit :most) r
              left join function_invoker.function f on f.organization = n.organization and f.name = n.name
              left join event_log.subscription s on s.id = r.subscription
             where n.organization = :organization and (:name::text is null or n.name = :name)
             order by r.started_at desc
             limit :most""";

    /** One look into each day's primary key for each event. */
    private static final String OF_EVENTS = """
            select r.partition, r."offset", r.subscription, r.attempt, r.started_at, r.finished_at, r.error, r.logs,
                   case when octet_length(r.output) <= :longest then r.output end as output,
                   octet_length(r.output) > :longest as left_out, n.name, f.id as function_id, s.secrets
              from unnest(:partitions::smallint[], :offsets::bigint[]) as wanted(partition, "offset")
              join function_invoker.run r on r.partition = wanted.partition and r."offset" = wanted."offset"
              join function_invoker.function_name n on n.number = r.function_name
              left join function_invoker.function f on f.organization = n.organization and f.name = n.name
              left join event_log.subscription s on s.id = r.subscription
             where n.organization = :organization and (:name::text is null or n.name = :name)
               and r.started_at > :startedAfter and r.finished_at > :finishedAfter
             order by r.started_at desc
             limit :most""";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Replies replies;

    Runs(JdbcTemplate template, JdbcClient jdbc, Replies replies) {
        this.template = template;
        this.jdbc = jdbc;
        this.replies = replies;
    }

    /**
     * Adds runs and the events that came of them, in the transaction of whoever settles.
     *
     * @param again whether some may be there already, as the outcome of a commit was unknown: those stay as they are
     * @throws org.springframework.dao.DuplicateKeyException if one is there already that may not be
     */
    public void add(List<RunRecord> runs, boolean again) {
        if (runs.isEmpty()) {
            return;
        }
        replies.add(runs);
        var rows = new Batch<>(runs);
        template.update(again ? INSERT_MISSING : INSERT, statement -> {
            rows.set(statement, 1, "bigint", run -> run.id().position().offset());
            rows.set(statement, 2, "bigint", run -> run.id().subscription());
            rows.set(statement, 3, "bigint", RunRecord::functionName);
            rows.set(statement, 4, "timestamptz", RunRecord::startedAt);
            rows.set(statement, 5, "timestamptz", RunRecord::finishedAt);
            rows.set(
                    statement, 6, "smallint", run -> (short) run.id().position().partition());
            rows.set(statement, 7, "smallint", run -> (short) run.id().attempt());
            rows.set(statement, 8, "text", run -> run.outcome().output());
            rows.set(statement, 9, "text", run -> run.outcome().error());
            rows.set(statement, 10, "text", run -> run.outcome().logs());
        });
    }

    /** Which deliveries of a partition, from an offset on, have had an attempt that was settled. */
    public List<RunId> settled(int partition, long fromOffset) {
        return jdbc.sql(SETTLED)
                .param("partition", partition)
                .param("offset", fromOffset)
                .query((row, _) -> new RunId(new Position(partition, row.getLong(1)), row.getLong(2), 0))
                .list();
    }

    /** One run, whole; empty if the organization has no such run. */
    Optional<FoundRun> find(String organization, RunId id) {
        return jdbc.sql(FIND)
                .param("partition", id.position().partition())
                .param("offset", id.position().offset())
                .param("subscription", id.subscription())
                .param("attempt", id.attempt())
                .param("organization", organization)
                .query((row, _) -> found(row, false))
                .optional();
    }

    /**
     * The newest runs first.
     *
     * @param longest outputs of more bytes are left out
     */
    List<FoundRun> newest(RunQuery query, int longest) {
        return found(jdbc.sql(NEWEST), query, longest);
    }

    /**
     * The newest runs of some events first.
     *
     * @param events where they stand
     * @param longest outputs of more bytes are left out
     */
    List<FoundRun> of(List<Position> events, RunQuery query, int longest) {
        var statement = jdbc.sql(OF_EVENTS)
                .param(
                        "partitions",
                        events.stream().map(event -> (short) event.partition()).toArray(Short[]::new))
                .param("offsets", events.stream().map(Position::offset).toArray(Long[]::new));
        return found(statement, query, longest);
    }

    private static List<FoundRun> found(StatementSpec statement, RunQuery query, int longest) {
        return statement
                .param("organization", query.organization())
                .param("name", query.functionName())
                .param("startedAfter", utc(query.startedAfter()))
                .param("finishedAfter", utc(query.modifiedAfter()))
                .param("longest", longest)
                .param("most", query.most())
                .query((row, _) -> found(row, row.getBoolean("left_out")))
                .list();
    }

    private static FoundRun found(ResultSet row, boolean leftOut) throws SQLException {
        var position = new Position(row.getInt("partition"), row.getLong("offset"));
        return new FoundRun(
                new RunId(position, row.getLong("subscription"), row.getInt("attempt")),
                row.getString("name"),
                row.getObject("function_id", UUID.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                secrets(row.getArray("secrets")),
                new RunOutcome(row.getString("output"), row.getString("error"), row.getString("logs")),
                leftOut);
    }

    private static List<String> secrets(@Nullable Array names) throws SQLException {
        return names == null ? List.of() : List.of((String[]) names.getArray());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * A run as it is read.
     *
     * @param functionId of the function that has this name now, or null
     * @param secrets that the subscription names now
     * @param leftOut whether the output was too long for a list
     */
    record FoundRun(
            RunId id,
            String functionName,
            @Nullable UUID functionId,
            Instant startedAt,
            Instant finishedAt,
            List<String> secrets,
            RunOutcome outcome,
            boolean leftOut) {}
}
