package io.dispatch.functioninvoker.delivery;

import io.dispatch.contracts.run.DeadLetter;
import io.dispatch.contracts.run.Redrive.Refusal;
import io.dispatch.contracts.subscription.DeliverySpec;
import io.dispatch.functioninvoker.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The dead letters that can be tried again: those whose subscription is still there, and whose runs can still be numbered. Safe
 * for any thread.
 */
@Component
class Redrivable {

    /** A run's id numbers 1,023 attempts. */
    private static final int MOST_ATTEMPTS = 1_023 - DeliverySpec.MAX_ATTEMPTS;

    private static final String FROM = """
             from function_invoker.dead_letter d
             left join event_log.subscription s on s.id = d.subscription and s.state <> 'deleted'
            """;

    private static final String OF_REPLAY = """
            exists (select from event_log.subscription r where r.id = d.subscription and r.kind = 'replay') as of_replay""";

    private static final String POSSIBLE = " and s.id is not null and d.attempts <= " + MOST_ATTEMPTS;
    private static final String NEWEST_FIRST =
            " order by d.died_at desc, d.partition desc, d.\"offset\" desc, d.subscription desc limit :most";

    private static final String TAKE = """
            update function_invoker.dead_letter d set redriven_at = :now
              from event_log.subscription s
            """;

    private static final String TAKEN = """
             and s.id = d.subscription and s.state <> 'deleted'
            returning d.partition, d."offset", d.subscription, d.attempts""";

    private final JdbcClient jdbc;

    Redrivable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many of these can be tried again. */
    long count(DeadLetterSelection selection) {
        return selection
                .bind(jdbc.sql("select count(*)" + FROM + selection.where() + POSSIBLE))
                .query(Long.class)
                .single();
    }

    /** The newest of these that can be tried again. */
    List<DeadLetter> newest(DeadLetterSelection selection, int most) {
        return selection
                .bind(jdbc.sql("select d.*" + FROM + selection.where() + POSSIBLE + NEWEST_FIRST))
                .param("most", most)
                .query((row, _) -> DeadLetters.deadLetter(row))
                .list();
    }

    /** The ids of the newest of these that can be tried again. */
    List<RunId> ids(DeadLetterSelection selection, int most) {
        return selection
                .bind(jdbc.sql("select d.partition, d.\"offset\", d.subscription" + FROM + selection.where() + POSSIBLE
                        + NEWEST_FIRST))
                .param("most", most)
                .query((row, _) -> DeadLetters.id(row))
                .list();
    }

    /** The newest of these that cannot be tried again, each with the reason. */
    List<Refusal> refused(DeadLetterSelection selection, int most) {
        return selection
                .bind(jdbc.sql("select d.*, s.id is null as gone, " + OF_REPLAY + FROM + selection.where()
                        + " and (s.id is null or d.attempts > " + MOST_ATTEMPTS + ")" + NEWEST_FIRST))
                .param("most", most)
                .query((row, _) -> refusal(row))
                .list();
    }

    /**
     * Takes dead letters to be tried again, in the transaction that makes rows of them. From then on they are only the copies
     * of their events.
     *
     * @return a row for each that was there and could be taken
     */
    List<DueRow> take(DeadLetterIds ids, Instant now) {
        return ids.bind(jdbc.sql(TAKE + ids.where() + TAKEN))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> DueRow.redriven(DeadLetters.id(row), now, row.getInt("attempts")))
                .list();
    }

    private static Refusal refusal(ResultSet row) throws SQLException {
        String gone = row.getBoolean("of_replay")
                ? "the replay to %s was cancelled, or its subscription deleted"
                : "subscription %s was deleted";
        return new Refusal(
                DeadLetters.id(row).uuid(),
                row.getBoolean("gone")
                        ? gone.formatted(row.getString("subscription_name"))
                        : "it was tried %d times, and a run can be numbered up to 1023"
                                .formatted(row.getInt("attempts")));
    }
}
