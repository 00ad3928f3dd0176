package io.dispatch.functioninvoker.run;

import io.dispatch.functioninvoker.batch.Batch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events that functions answered with, for event-manager to take from here into its log; owns table {@code reply}, which
 * event-manager deletes from. Safe for any thread.
 */
@Component
class Replies {

    /**
     * The reply of a run that is there already was written with it, and may have been taken since. Wakes event-manager, where
     * there is news.
     */
    private static final String INSERT = """
            with added as (
                insert into delivery_progress.reply (partition, "offset", subscription, attempt, organization, event)
                select r.partition, r."offset", r.subscription, r.attempt, r.organization, r.event
                  from unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::smallint[], ?::timestamptz[], ?::text[], ?::text[])
                       as r(partition, "offset", subscription, attempt, started_at, organization, event)
                 where not exists (select from function_invoker.run done
                                    where done.partition = r.partition and done."offset" = r."offset"
                                      and done.subscription = r.subscription and done.attempt = r.attempt
                                      and done.started_at = r.started_at)
                returning 1)
            select pg_notify('reply', '') from added limit 1""";

    private static final String FATE = """
            select coalesce('the event that the function answered with cannot be accepted: ' || refused,
                            'the event that the function answered with is still to be accepted')
              from delivery_progress.reply
             where partition = :partition and "offset" = :offset and subscription = :subscription and attempt = :attempt""";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    Replies(JdbcTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    /** What is to be said of a run's reply that has not been accepted; empty if there is none. */
    Optional<String> remark(RunId run) {
        return jdbc.sql(FATE)
                .param("partition", run.position().partition())
                .param("offset", run.position().offset())
                .param("subscription", run.subscription())
                .param("attempt", run.attempt())
                .query(String.class)
                .optional();
    }

    /** Adds the replies of runs that are about to be added, in the transaction that adds these; does nothing if there are none. */
    void add(List<RunRecord> runs) {
        List<RunRecord> replied =
                runs.stream().filter(run -> run.reply() != null).toList();
        if (replied.isEmpty()) {
            return;
        }
        var rows = new Batch<>(replied);
        template.query(
                INSERT,
                statement -> {
                    rows.set(statement, 1, "smallint", run ->
                            (short) run.id().position().partition());
                    rows.set(statement, 2, "bigint", run -> run.id().position().offset());
                    rows.set(statement, 3, "bigint", run -> run.id().subscription());
                    rows.set(statement, 4, "smallint", run -> (short) run.id().attempt());
                    rows.set(statement, 5, "timestamptz", RunRecord::startedAt);
                    rows.set(statement, 6, "text", run -> reply(run).organization());
                    rows.set(statement, 7, "text", run -> reply(run).event());
                },
                _ -> {});
    }

    private static Reply reply(RunRecord run) {
        return Objects.requireNonNull(run.reply());
    }
}
