package io.dispatch.functioninvoker.ledger;

import io.dispatch.eventlog.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what runs, deliveries and dead letters say of one event; each statement is one look into a key. */
@Component
class Entries {

    private static final String NEXT_OFFSET = """
            select next_offset from function_invoker.partition where number = :partition""";

    /** The newest, as there may be 25 attempts for each of many subscriptions. */
    private static final String RUNS = """
            select r.subscription, r.attempt, n.name, r.started_at, r.finished_at, r.error
              from function_invoker.run r
              join function_invoker.function_name n on n.number = r.function_name
             where r.partition = :partition and r."offset" = :offset
             order by r.started_at desc, r.subscription desc, r.attempt desc
             limit :most""";

    private static final String PENDING = """
            select subscription, attempts, nullif(due_at, 'infinity') as due_at, reason from function_invoker.delivery
             where partition = :partition and "offset" = :offset""";

    private static final String DEAD = """
            select subscription, attempts, null::timestamptz as due_at, reason from function_invoker.dead_letter
             where partition = :partition and "offset" = :offset and redriven_at is null""";

    private final JdbcClient jdbc;

    Entries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All about one event, as of one instant: while it is read a delivery may go from one table to another.
     *
     * @param mostRuns only so many of the newest runs
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Found of(Position event, int mostRuns) {
        long nextOffset = jdbc.sql(NEXT_OFFSET)
                .param("partition", event.partition())
                .query(Long.class)
                .optional()
                .orElse(0L);
        List<Run> runs = jdbc.sql(RUNS)
                .param("partition", event.partition())
                .param("offset", event.offset())
                .param("most", mostRuns)
                .query((row, _) -> run(row))
                .list()
                .reversed();
        return new Found(event.offset() < nextOffset, runs, deliveries(PENDING, event), deliveries(DEAD, event));
    }

    private List<Owed> deliveries(String statement, Position event) {
        return jdbc.sql(statement)
                .param("partition", event.partition())
                .param("offset", event.offset())
                .query((row, _) -> new Owed(
                        row.getLong("subscription"),
                        row.getInt("attempts"),
                        instant(row, "due_at"),
                        row.getString("reason")))
                .list();
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getLong("subscription"),
                row.getInt("attempt"),
                row.getString("name"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                row.getString("error"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /**
     * What was found.
     *
     * @param settled whether what is neither pending nor dead is done
     * @param runs the oldest first
     */
    record Found(boolean settled, List<Run> runs, List<Owed> pending, List<Owed> dead) {}

    /** @param error JSON, or null where it succeeded */
    record Run(
            long subscription,
            int attempt,
            String function,
            Instant startedAt,
            Instant finishedAt,
            @Nullable String error) {}

    /** @param dueAt when it is tried again; null for what waits behind an event with the same key, is dead or done */
    record Owed(
            long subscription,
            int attempts,
            @Nullable Instant dueAt,
            @Nullable String reason) {}
}
