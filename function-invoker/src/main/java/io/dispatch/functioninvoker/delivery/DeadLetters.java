package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.RawJson;
import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.eventlog.EventId;
import io.dispatch.eventlog.EventLogReader;
import io.dispatch.eventlog.LogEntry;
import io.dispatch.eventlog.Position;
import io.dispatch.functioninvoker.batch.Batch;
import io.dispatch.functioninvoker.run.RunId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** Of those that were redriven the copy of the event is still needed, and only what they died of this time is news. */
    private static final String ADD_AGAIN = """
            update function_invoker.dead_letter d
               set died_at = again.died_at, attempts = again.attempts, reason = again.reason,
                   subscription_name = again.subscription_name, function = again.function,
                   answer_status = again.answer_status, answer = again.answer, redriven_at = null
              from unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::smallint[], ?::text[], ?::text[],
                          ?::text[], ?::smallint[], ?::text[])
                   as again(partition, "offset", subscription, died_at, attempts, reason, subscription_name, function,
                            answer_status, answer)
             where d.partition = again.partition and d."offset" = again."offset" and d.subscription = again.subscription""";

    private static final String REMOVE = """
            delete from function_invoker.dead_letter d
             using unnest(?::smallint[], ?::bigint[], ?::bigint[]) as done(partition, "offset", subscription)
             where d.partition = done.partition and d."offset" = done."offset" and d.subscription = done.subscription""";

    private static final String EVENTS = """
            select d.* from unnest(?::smallint[], ?::bigint[], ?::bigint[]) as wanted(partition, "offset", subscription)
              join function_invoker.dead_letter d using (partition, "offset", subscription)""";

    private static final String NEWEST = """
            select d.* from function_invoker.dead_letter d
            %s and (:diedAt::timestamptz is null
                    or (d.died_at, d.partition, d."offset", d.subscription) < (:diedAt, :partition, :offset, :after))
             order by d.died_at desc, d.partition desc, d."offset" desc, d.subscription desc
             limit :most""".formatted(DeadLetterQuery.WHERE);

    private static final String DROP = """
            delete from function_invoker.dead_letter d
             using (select partition, "offset", subscription from function_invoker.dead_letter
                     where died_at < :before and redriven_at is null
                     order by died_at limit :most for update skip locked) old
             where d.partition = old.partition and d."offset" = old."offset" and d.subscription = old.subscription""";

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
        write(ADD, dead);
    }

    /** Writes what those died of that were redriven, in the transaction of whoever settles. */
    void addAgain(List<NewlyDead> dead) {
        write(ADD_AGAIN, dead);
    }

    private void write(String sql, List<NewlyDead> dead) {
        if (dead.isEmpty()) {
            return;
        }
        var batch = new Batch<>(dead);
        template.update(sql, statement -> {
            key(batch, statement, NewlyDead::id);
            batch.set(statement, 4, "timestamptz", NewlyDead::diedAt);
            batch.set(statement, 5, "smallint", one -> (short) one.attempts());
            batch.set(statement, 6, "text", NewlyDead::reason);
            batch.set(statement, 7, "text", one -> one.last().subscription());
            batch.set(statement, 8, "text", one -> one.last().function());
            batch.set(statement, 9, "smallint", one -> shortOf(one.last().status()));
            batch.set(statement, 10, "text", one -> one.last().answer());
        });
    }

    /** Forgets those that were redriven and are done, in the transaction of whoever settles. */
    void remove(List<RunId> done) {
        if (!done.isEmpty()) {
            var batch = new Batch<>(done);
            template.update(REMOVE, statement -> key(batch, statement, id -> id));
        }
    }

    /** The events of those that were redriven, as they were accepted. */
    Map<RunId, LogEntry> events(List<RunId> redriven) {
        if (redriven.isEmpty()) {
            return Map.of();
        }
        var batch = new Batch<>(redriven);
        return template
                .query(EVENTS, statement -> key(batch, statement, id -> id), (row, _) -> Map.entry(id(row), entry(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static LogEntry entry(ResultSet row) throws SQLException {
        return new LogEntry(
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("organization"),
                row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                new long[] {row.getLong("subscription")},
                EventLogReader.event(row));
    }

    private static <T> void key(Batch<T> batch, PreparedStatement statement, Function<T, RunId> id)
            throws SQLException {
        batch.set(statement, 1, "smallint", one ->
                (short) id.apply(one).position().partition());
        batch.set(statement, 2, "bigint", one -> id.apply(one).position().offset());
        batch.set(statement, 3, "bigint", one -> id.apply(one).subscription());
    }

    /** Drops the oldest of those that died before an instant, at most so many, and says how many. */
    int drop(Instant before, int most) {
        return jdbc.sql(DROP)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
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
        @Nullable Position position = page == null ? null : page.delivery().position();
        return query.bind(jdbc.sql(NEWEST))
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

    static RunId id(ResultSet row) throws SQLException {
        return new RunId(new Position(row.getInt("partition"), row.getLong("offset")), row.getLong("subscription"), 0);
    }

    static DeadLetter deadLetter(ResultSet row) throws SQLException {
        RunId id = id(row);
        String answer = row.getString("answer");
        Integer status = row.getObject("answer_status", Integer.class);
        return new DeadLetter(
                id.uuid(),
                new DeadLetter.DeadEvent(
                        row.getString("id"), row.getString("source"), row.getString("type"), EventId.of(id.position())),
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
