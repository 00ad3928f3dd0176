package io.dispatch.functioninvoker.delivery;

import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.batch.Batch;
import io.dispatch.functioninvoker.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deliveries that are owed and not in memory; owns table {@code delivery}. Safe for any thread. */
@Component
class Deliveries {

    private static final String PUT = """
            insert into function_invoker.delivery
                (partition, "offset", subscription, due_at, attempts, attempts_before, first_attempt_at, reason, ordering_key,
                 redriven)
            select * from unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::smallint[], ?::smallint[],
                                 ?::timestamptz[], ?::text[], ?::text[], ?::boolean[])
            on conflict (partition, "offset", subscription) do update
               set due_at = excluded.due_at, attempts = excluded.attempts,
                   first_attempt_at = excluded.first_attempt_at, reason = excluded.reason""";

    private static final String REMOVE = """
            delete from function_invoker.delivery d
             using unnest(?::smallint[], ?::bigint[], ?::bigint[]) as done(partition, "offset", subscription)
             where d.partition = done.partition and d."offset" = done."offset" and d.subscription = done.subscription""";

    private static final String DUE = """
            select d.* from unnest(:partitions::smallint[]) as p(number)
             cross join lateral (select * from function_invoker.delivery
                                  where partition = p.number and subscription = :subscription
                                  order by due_at, "offset" limit :most) d
             order by d.due_at, d.partition, d."offset"
             limit :most""";

    private static final String TOO_OLD = """
            select * from function_invoker.delivery
             where partition = any (:partitions) and subscription = :subscription
               and coalesce(first_attempt_at, :since) < :before and due_at < 'infinity'
             order by partition, "offset"
             limit :most""";

    private static final String AHEAD = """
            select subscription, "offset" from function_invoker.delivery
             where partition = :partition and "offset" >= :offset""";

    /** From one lane to the next along the index, however many rows each has. */
    private static final String LANES = """
            with recursive lane(subscription) as (
                (select subscription from function_invoker.delivery
                  where partition = :partition order by subscription limit 1)
                union all
                select (select d.subscription from function_invoker.delivery d
                         where d.partition = :partition and d.subscription > lane.subscription
                         order by d.subscription limit 1)
                  from lane where lane.subscription is not null)
            select lane.subscription, first.due_at, first.attempts
              from lane
             cross join lateral (select due_at, attempts from function_invoker.delivery
                                  where partition = :partition and subscription = lane.subscription
                                  order by due_at limit 1) first""";

    /** The first row of each key is its turn: at once, unless it waits for a retry. Done again, it does the same. */
    private static final String RELEASE = """
            with first as (
                select distinct on (d.partition, d.subscription, d.ordering_key) d.partition, d."offset", d.subscription
                  from unnest(?::smallint[], ?::bigint[], ?::text[]) as key(partition, subscription, ordering_key)
                  join function_invoker.delivery d using (partition, subscription, ordering_key)
                 order by d.partition, d.subscription, d.ordering_key, d."offset")
            update function_invoker.delivery d set due_at = case when d.due_at = 'infinity' then ? else d.due_at end
              from first
             where d.partition = first.partition and d."offset" = first."offset" and d.subscription = first.subscription
            returning d.*""";

    private static final String FORGET_PARKED = """
            delete from function_invoker.delivery
             where partition = :partition and "offset" >= :offset and due_at = 'infinity' and not redriven""";

    private static final String HELD = """
            select subscription, ordering_key, min("offset") as turn, count(*) - 1 as parked
              from function_invoker.delivery
             where partition = :partition and ordering_key is not null
             group by subscription, ordering_key""";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    Deliveries(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    /** Adds or replaces rows, in the transaction of whoever settles. */
    void put(List<DueRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var batch = new Batch<>(rows);
        template.update(PUT, statement -> {
            batch.set(
                    statement, 1, "smallint", row -> (short) row.id().position().partition());
            batch.set(statement, 2, "bigint", row -> row.id().position().offset());
            batch.set(statement, 3, "bigint", row -> row.id().subscription());
            batch.set(statement, 4, "timestamptz", row -> row.dueAt().equals(DueRow.PARKED) ? "infinity" : row.dueAt());
            batch.set(statement, 5, "smallint", row -> (short) row.attempts());
            batch.set(statement, 6, "smallint", row -> (short) row.attemptsBefore());
            batch.set(statement, 7, "timestamptz", DueRow::firstAttemptAt);
            batch.set(statement, 8, "text", DueRow::reason);
            batch.set(statement, 9, "text", DueRow::orderingKey);
            batch.set(statement, 10, "boolean", DueRow::redriven);
        });
    }

    /** Removes rows, in the transaction of whoever settles; those that are not there are no error. */
    void remove(List<RunId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        var batch = new Batch<>(ids);
        template.update(REMOVE, statement -> {
            batch.set(statement, 1, "smallint", id -> (short) id.position().partition());
            batch.set(statement, 2, "bigint", id -> id.position().offset());
            batch.set(statement, 3, "bigint", RunId::subscription);
        });
    }

    /** The rows of a subscription in these partitions, in the order they are due, whether or not that is in the future. */
    List<DueRow> inOrder(long subscription, Collection<Integer> partitions, int most) {
        return jdbc.sql(DUE)
                .param("partitions", numbers(partitions))
                .param("subscription", subscription)
                .param("most", most)
                .query((row, _) -> row(row))
                .list();
    }

    /**
     * The oldest rows of a subscription in these partitions that are too old for another attempt.
     *
     * @param before whose first attempt began earlier is too old
     * @param since when age begins for those that have not been tried
     */
    List<DueRow> tooOld(long subscription, Collection<Integer> partitions, Instant before, Instant since, int most) {
        return jdbc.sql(TOO_OLD)
                .param("partitions", numbers(partitions))
                .param("subscription", subscription)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, _) -> row(row))
                .list();
    }

    /** The deliveries of a partition, from an offset on, that are rows. */
    List<RunId> ahead(int partition, long fromOffset) {
        return jdbc.sql(AHEAD)
                .param("partition", partition)
                .param("offset", fromOffset)
                .query((row, _) ->
                        new RunId(new Position(partition, row.getLong("offset")), row.getLong("subscription"), 0))
                .list();
    }

    /** The lanes that have rows in a partition, each with the row that is due first. */
    List<FirstDue> lanes(int partition) {
        return jdbc.sql(LANES)
                .param("partition", partition)
                .query((row, _) -> new FirstDue(
                        row.getLong("subscription"),
                        row.getObject("due_at", OffsetDateTime.class).toInstant(),
                        row.getInt("attempts") == 0))
                .list();
    }

    /**
     * Makes the first parked row of each key due, in the transaction of whoever settles.
     *
     * @return the rows whose turn it is now; keys that have no row are left out
     */
    List<DueRow> release(List<Release> releases, Instant now) {
        if (releases.isEmpty()) {
            return List.of();
        }
        var batch = new Batch<>(releases);
        return template.query(
                RELEASE,
                statement -> {
                    batch.set(statement, 1, "smallint", one -> (short) one.key().partition());
                    batch.set(statement, 2, "bigint", Release::subscription);
                    batch.set(statement, 3, "text", one -> one.key().key());
                    statement.setObject(4, now.atOffset(ZoneOffset.UTC));
                },
                (row, _) -> row(row));
    }

    /**
     * Removes the parked rows of a partition whose events a new owner reads again, so that they queue anew behind those before
     * them, in the transaction of the new owner.
     */
    void forgetParked(int partition, long fromOffset) {
        jdbc.sql(FORGET_PARKED)
                .param("partition", partition)
                .param("offset", fromOffset)
                .update();
    }

    /** The keys under which rows of a partition keep their order. */
    List<HeldKey> held(int partition) {
        return jdbc.sql(HELD)
                .param("partition", partition)
                .query((row, _) -> new HeldKey(
                        new Release(
                                row.getLong("subscription"),
                                new Keys.EventKey(partition, row.getString("ordering_key"))),
                        new Position(partition, row.getLong("turn")),
                        row.getInt("parked")))
                .list();
    }

    private static DueRow row(ResultSet row) throws SQLException {
        var position = new Position(row.getInt("partition"), row.getLong("offset"));
        return new DueRow(
                new RunId(position, row.getLong("subscription"), 0),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                row.getInt("attempts_before"),
                instant(row.getObject("first_attempt_at", OffsetDateTime.class)),
                row.getString("reason"),
                row.getString("ordering_key"),
                row.getBoolean("redriven"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Short[] numbers(Collection<Integer> partitions) {
        return partitions.stream().map(Integer::shortValue).toArray(Short[]::new);
    }

    /**
     * A lane with rows.
     *
     * @param dueAt of the row that is due first
     * @param untried whether that row has never been tried
     */
    record FirstDue(long subscription, Instant dueAt, boolean untried) {}

    /**
     * A key with rows.
     *
     * @param of which key of which subscription
     * @param turn the first row
     * @param parked how many further ones wait for it
     */
    record HeldKey(Release of, Position turn, int parked) {}
}
