package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.batch.Batch;
import io.dispatch.functioninvoker.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deliveries that nobody will retry by itself; owns table {@code dead_letter}. Safe for any thread. */
@Component
class DeadLetters {

    /** The event is copied inside the database, from the published table, so that its bytes travel nowhere. */
    private static final String ADD = """
            insert into function_invoker.dead_letter
                (partition, "offset", subscription, died_at, attempts, reason, subscription_name, function, answer_status,
                 answer, accepted_at, organization, type, source, id, attributes, data)
            select dead.*, e.accepted_at, e.organization, e.type, e.source, e.id, e.attributes, e.data
              from unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::smallint[], ?::text[], ?::text[],
                          ?::text[], ?::smallint[], ?::text[])
                   as dead(partition, "offset", subscription, died_at, attempts, reason, subscription_name, function,
                           answer_status, answer)
              join event_log.event e on e.partition = dead.partition and e."offset" = dead."offset"
            on conflict do nothing""";

    private static final String AHEAD = """
            select subscription, "offset" from function_invoker.dead_letter
             where partition = :partition and "offset" >= :offset""";

    private static final String NEWEST = """
            select * from function_invoker.dead_letter
             where organization = :organization
               and (:subscription::text is null or subscription_name = :subscription)
               and (:function::text is null or function = :function)
               and (:event::text is null or id = :event or (partition = :eventPartition and "offset" = :eventOffset))
               and (:diedAt::timestamptz is null
                    or (died_at, partition, "offset", subscription) < (:diedAt, :partition, :offset, :after))
             order by died_at desc, partition desc, "offset" desc, subscription desc
             limit :most""";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    DeadLetters(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    /**
     * A delivery that died.
     *
     * @param id with attempt 0
     */
    record NewlyDead(RunId id, Instant diedAt, int attempts, String reason, Attempt.Last last) {}

    /** Adds dead letters, in the transaction of whoever settles; those that are there already stay as they are. */
    void add(List<NewlyDead> dead) {
        if (dead.isEmpty()) {
            return;
        }
        var batch = new Batch<>(dead);
        template.update(ADD, statement -> {
            batch.set(
                    statement, 1, "smallint", one -> (short) one.id().position().partition());
            batch.set(statement, 2, "bigint", one -> one.id().position().offset());
            batch.set(statement, 3, "bigint", one -> one.id().subscription());
            batch.set(statement, 4, "timestamptz", NewlyDead::diedAt);
            batch.set(statement, 5, "smallint", one -> (short) one.attempts());
            batch.set(statement, 6, "text", NewlyDead::reason);
            batch.set(statement, 7, "text", one -> one.last().subscription());
            batch.set(statement, 8, "text", one -> one.last().function());
            batch.set(statement, 9, "smallint", one -> shortOf(one.last().status()));
            batch.set(statement, 10, "text", one -> one.last().answer());
        });
    }

    /** The deliveries of a partition, from an offset on, that are dead. */
    List<RunId> ahead(int partition, long fromOffset) {
        return jdbc.sql(AHEAD)
                .param("partition", partition)
                .param("offset", fromOffset)
                .query((row, _) ->
                        new RunId(new Position(partition, row.getLong("offset")), row.getLong("subscription"), 0))
                .list();
    }

    /**
     * The newest dead letters of an organization.
     *
     * @param page where to begin, or null for the newest
     * @param most at most so many, from 1
     */
    List<DeadLetter> newest(DeadLetterQuery query, @Nullable DeadLetterPage page, int most) {
        @Nullable
        Position event =
                query.event() == null ? null : EventId.position(query.event()).orElse(null);
        @Nullable Position position = page == null ? null : page.delivery().position();
        return jdbc.sql(NEWEST)
                .param("organization", query.organization())
                .param("subscription", query.subscription())
                .param("function", query.function())
                .param("event", query.event())
                .param("eventPartition", event == null ? null : event.partition(), Types.INTEGER)
                .param("eventOffset", event == null ? null : event.offset(), Types.BIGINT)
                .param(
                        "diedAt",
                        page == null ? null : page.diedAt().atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("partition", position == null ? null : position.partition(), Types.INTEGER)
                .param("offset", position == null ? null : position.offset(), Types.BIGINT)
                .param("after", page == null ? null : page.delivery().subscription(), Types.BIGINT)
                .param("most", most)
                .query((row, _) -> deadLetter(row))
                .list();
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        var position = new Position(row.getInt("partition"), row.getLong("offset"));
        String answer = row.getString("answer");
        Integer status = row.getObject("answer_status", Integer.class);
        return new DeadLetter(
                new RunId(position, row.getLong("subscription"), 0).uuid(),
                new DeadLetter.DeadEvent(
                        row.getString("id"), row.getString("source"), row.getString("type"), EventId.of(position)),
                row.getString("subscription_name"),
                row.getString("function"),
                row.getString("reason"),
                row.getInt("attempts"),
                answer == null && status == null
                        ? null
                        : new DeadLetter.LastAnswer(status, answer == null ? null : new RawJson(answer)),
                row.getObject("died_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Short shortOf(@Nullable Integer number) {
        return number == null ? null : number.shortValue();
    }
}
