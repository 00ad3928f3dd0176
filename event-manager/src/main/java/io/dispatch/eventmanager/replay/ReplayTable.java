package io.dispatch.eventmanager.replay;

import io.dispatch.contracts.replay.Replay.State;
import io.dispatch.eventlog.EventLogScan.Span;
import io.dispatch.eventlog.EventQuery;
import io.dispatch.eventmanager.replay.StoredReplay.End;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Owns table {@code event_manager.replay}. Safe for use by several threads. */
@Component
class ReplayTable {
    private static final String INSERT = """
            INSERT INTO event_manager.replay
                (id, organization, subscription, target, target_name, type, source, since, until, filters, state, starts,
                 cursor, ends, created_at, finished_at)
            VALUES (:id, :organization, :subscription, :target, :targetName, :type, :source, :since, :until, :filters, :state,
                    :starts, :starts, :ends, :createdAt, :finishedAt)""";

    private static final String NEWEST = """
            SELECT * FROM event_manager.replay WHERE organization = :organization
            ORDER BY created_at DESC, id LIMIT :most""";

    private static final String FIND =
            "SELECT * FROM event_manager.replay WHERE organization = :organization AND id = :id";

    private static final String RUNNING =
            "SELECT * FROM event_manager.replay WHERE state = 'running' ORDER BY created_at, id LIMIT :most";

    private static final String COUNT_RUNNING =
            "SELECT count(*) FROM event_manager.replay WHERE state = 'running' AND organization = :organization";

    /** Nobody else may have moved it since it was read. */
    private static final String MOVE = """
            UPDATE event_manager.replay
            SET cursor = :next, replayed = replayed + :copies, missed = missed + :missing,
                state = CASE WHEN ends = :next THEN 'done' ELSE state END,
                finished_at = CASE WHEN ends = :next THEN now() END
            WHERE id = :id AND state = 'running' AND cursor = :cursor""";

    private static final String FAIL = """
            UPDATE event_manager.replay SET state = 'failed', reason = :reason, finished_at = now()
            WHERE id = :id AND state = 'running'""";

    private static final String CANCEL = """
            UPDATE event_manager.replay
            SET state = 'cancelled', reason = 'cancelled', finished_at = coalesce(finished_at, now())
            WHERE id = :id AND state IN ('running', 'done')""";

    private static final String END_OF_TARGET = """
            UPDATE event_manager.replay
            SET state = 'cancelled', reason = 'subscription ' || target_name || ' was deleted', finished_at = now()
            WHERE target = :target AND state = 'running'""";

    private static final String FORGET = "DELETE FROM event_manager.replay WHERE finished_at < :before";

    private final JdbcClient jdbc;

    ReplayTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(StoredReplay replay) {
        Wanted wanted = replay.wanted();
        jdbc.sql(INSERT)
                .param("id", replay.id())
                .param("organization", wanted.query().organization())
                .param("subscription", replay.subscription())
                .param("target", replay.target(), Types.BIGINT)
                .param("targetName", replay.targetName())
                .param("type", wanted.query().type(), Types.VARCHAR)
                .param("source", wanted.query().source(), Types.VARCHAR)
                .param("since", utc(wanted.query().since()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", utc(wanted.query().until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("filters", wanted.filtersText(), Types.VARCHAR)
                .param("state", replay.state().name().toLowerCase(Locale.ROOT))
                .param("starts", replay.span().from().toArray(Long[]::new))
                .param("ends", replay.span().before().toArray(Long[]::new))
                .param("createdAt", utc(replay.createdAt()))
                .param(
                        "finishedAt",
                        utc(replay.end() == null ? null : replay.end().at()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** An organization's replays, the newest first. */
    List<StoredReplay> newest(String organization, int most) {
        return jdbc.sql(NEWEST)
                .param("organization", organization)
                .param("most", most)
                .query((row, _) -> replay(row))
                .list();
    }

    Optional<StoredReplay> find(String organization, UUID id) {
        return jdbc.sql(FIND)
                .param("organization", organization)
                .param("id", id)
                .query((row, _) -> replay(row))
                .optional();
    }

    /** The replays of all organizations that are under way, the oldest first. */
    List<StoredReplay> running(int most) {
        return jdbc.sql(RUNNING)
                .param("most", most)
                .query((row, _) -> replay(row))
                .list();
    }

    long countRunning(String organization) {
        return jdbc.sql(COUNT_RUNNING)
                .param("organization", organization)
                .query(Long.class)
                .single();
    }

    /** Writes a step down that appends nothing. */
    void move(Step step) {
        move(jdbc, step);
    }

    /** Writes a step down in the transaction that appends its copies. */
    @Nullable
    Void move(Connection connection, Step step) {
        move(JdbcClient.create(new SingleConnectionDataSource(connection, true)), step);
        return null;
    }

    private static void move(JdbcClient jdbc, Step step) {
        int rows = jdbc.sql(MOVE)
                .param("next", step.next().toArray(Long[]::new))
                .param("copies", step.copies())
                .param("missing", step.missing())
                .param("id", step.replay().id())
                .param("cursor", step.replay().cursor().toArray(Long[]::new))
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException("replay %s has ended, or somebody else moves it"
                    .formatted(step.replay().id()));
        }
    }

    /**
     * How a replay goes on.
     *
     * @param replay as it was read
     * @param next its new cursor
     * @param copies how many events are appended
     * @param missing how many offsets held no event any more
     */
    record Step(StoredReplay replay, List<Long> next, int copies, long missing) {}

    /** Ends one that cannot go on. */
    void fail(UUID id, String reason) {
        jdbc.sql(FAIL).param("reason", reason).param("id", id).update();
    }

    /** Ends one that is not over, or of which something may still be owed. */
    void cancel(UUID id) {
        jdbc.sql(CANCEL).param("id", id).update();
    }

    /** Ends those that are for a subscription that is deleted. */
    void endOfTarget(long target) {
        jdbc.sql(END_OF_TARGET).param("target", target).update();
    }

    /** Forgets those that ended before. */
    void forget(Instant before) {
        jdbc.sql(FORGET).param("before", utc(before)).update();
    }

    private static StoredReplay replay(ResultSet row) throws SQLException {
        Instant finishedAt = instant(row, "finished_at");
        return new StoredReplay(
                row.getObject("id", UUID.class),
                row.getLong("subscription"),
                row.getObject("target", Long.class),
                row.getString("target_name"),
                new Wanted(
                        new EventQuery(
                                row.getString("organization"),
                                row.getString("type"),
                                row.getString("source"),
                                null,
                                null,
                                instant(row, "since"),
                                instant(row, "until")),
                        row.getString("filters")),
                new Span(offsets(row.getArray("starts")), offsets(row.getArray("ends"))),
                offsets(row.getArray("cursor")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("replayed"),
                row.getLong("missed"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : new End(finishedAt, row.getString("reason")));
    }

    private static List<Long> offsets(Array column) throws SQLException {
        return List.of((Long[]) column.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
