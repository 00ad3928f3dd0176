package io.dispatch.functioninvoker.run;

import io.dispatch.contracts.Tag;
import io.dispatch.functioninvoker.owner.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The runs that clients asked for; owns table {@code direct_run}. Safe for any thread. */
@Component
class DirectRuns {

    private static final TypeReference<List<Tag>> TAGS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String ADD = """
            insert into function_invoker.direct_run
                (id, function_name, owner, blocking, started_at, input, secrets, tags)
            values (:id, :functionName, :owner, :blocking, :startedAt, :input, :secrets, :tags)""";

    private static final String FINISH = """
            update function_invoker.direct_run
               set finished_at = :finishedAt, output = :output, error = :error, logs = :logs
             where id = :id and finished_at is null""";

    /** An owner whose lock can be taken is gone, and so are its calls. */
    private static final String END_INTERRUPTED = """
            update function_invoker.direct_run r
               set finished_at = :finishedAt, error = :error
              from (select owner from (select distinct owner from function_invoker.direct_run
                                        where finished_at is null and owner <> :me) owners
                     where pg_try_advisory_xact_lock(owner)) gone
             where r.finished_at is null and r.owner = gone.owner""";

    private static final String FIND = """
            select r.*, n.organization, n.name, f.id as function_id, false as left_out
              from function_invoker.direct_run r
              join function_invoker.function_name n on n.number = r.function_name
              left join function_invoker.function f on f.organization = n.organization and f.name = n.name
             where r.id = :id and n.organization = :organization""";

    private static final String NEWEST = """
            select r.id, r.blocking, r.started_at, r.finished_at, r.secrets, r.tags, r.error, r.logs,
                   case when octet_length(r.input) <= :longest then r.input end as input,
                   case when octet_length(r.output) <= :longest then r.output end as output,
                   greatest(octet_length(r.input), octet_length(r.output)) > :longest as left_out,
                   n.organization, n.name, f.id as function_id
              from function_invoker.function_name n
             cross join lateral (select * from function_invoker.direct_run
                                  where function_name = n.number and started_at > :startedAfter
                                    and coalesce(finished_at, started_at) > :modifiedAfter
                                  order by started_at desc limit :most) r
              left join function_invoker.function f on f.organization = n.organization and f.name = n.name
             where n.organization = :organization and (:name::text is null or n.name = :name)
             order by r.started_at desc
             limit :most""";

    private static final String DROP = "delete from function_invoker.direct_run where finished_at < :before";

    private final JdbcClient jdbc;
    private final FunctionNames names;
    private final Owner owner;

    DirectRuns(JdbcClient jdbc, FunctionNames names, Owner owner) {
        this.jdbc = jdbc;
        this.names = names;
        this.owner = owner;
    }

    void add(DirectRun run) {
        jdbc.sql(ADD)
                .param("id", run.id())
                .param("functionName", names.number(run.organization(), run.functionName()))
                .param("owner", owner.number())
                .param("blocking", run.blocking())
                .param("startedAt", utc(run.startedAt()))
                .param("input", run.input())
                .param("secrets", run.secrets().toArray(String[]::new))
                .param("tags", JSON.writeValueAsString(run.tags()))
                .update();
    }

    /** Writes down how a run ended; nothing happens if it has ended already. */
    void finish(UUID id, Instant at, RunOutcome outcome) {
        jdbc.sql(FINISH)
                .param("finishedAt", utc(at))
                .param("output", outcome.output())
                .param("error", outcome.error())
                .param("logs", outcome.logs())
                .param("id", id)
                .update();
    }

    /**
     * Ends the runs whose process is gone as {@code interrupted}.
     *
     * @return how many
     */
    int endInterrupted(Instant now) {
        return jdbc.sql(END_INTERRUPTED)
                .param("finishedAt", utc(now))
                .param("error", RunOutcome.INTERRUPTED.error())
                .param("me", owner.number())
                .update();
    }

    Optional<DirectRun> find(String organization, UUID id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .param("organization", organization)
                .query(DirectRuns::run)
                .optional();
    }

    /**
     * The newest runs first.
     *
     * @param longest inputs and outputs of more bytes are left out
     */
    List<DirectRun> newest(RunQuery query, int longest) {
        return jdbc.sql(NEWEST)
                .param("organization", query.organization())
                .param("name", query.functionName())
                .param("startedAfter", utc(query.startedAfter()))
                .param("modifiedAfter", utc(query.modifiedAfter()))
                .param("longest", longest)
                .param("most", query.most())
                .query(DirectRuns::run)
                .list();
    }

    /** Removes the runs that ended before. */
    void drop(Instant before) {
        jdbc.sql(DROP).param("before", utc(before)).update();
    }

    private static DirectRun run(ResultSet row, int number) throws SQLException {
        OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new DirectRun(
                row.getObject("id", UUID.class),
                row.getString("organization"),
                row.getString("name"),
                row.getObject("function_id", UUID.class),
                row.getBoolean("blocking"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                row.getString("input"),
                List.of((String[]) row.getArray("secrets").getArray()),
                JSON.readValue(row.getString("tags"), TAGS),
                new RunOutcome(row.getString("output"), row.getString("error"), row.getString("logs")),
                row.getBoolean("left_out"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
