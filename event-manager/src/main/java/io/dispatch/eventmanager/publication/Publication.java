package io.dispatch.eventmanager.publication;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Copies subscriptions to where others may read them and counts the change, within the transaction of the change. The row of
 * the version is locked first and until the commit, so that changes become visible in the order of their versions, and each sees
 * those before it.
 */
@Component
public class Publication {
    private static final String CHANGE =
            "UPDATE event_log.subscriptions_version SET version = version + 1 RETURNING version";

    private static final String PUBLISH = """
            INSERT INTO event_log.subscription
                (id, organization, name, version, event_type, filters, function, secrets, delivery, state, changed_at)
            SELECT s.id, s.organization, s.name, s.version, s.event_type, s.filters, s.function, coalesce(s.secrets, '{}'),
                   s.delivery::jsonb, CASE WHEN s.deleted THEN 'deleted' WHEN s.paused THEN 'paused' ELSE 'active' END,
                   :change
            FROM event_manager.subscription s
            WHERE s.id = :id
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, event_type = excluded.event_type, filters = excluded.filters,
                function = excluded.function, secrets = excluded.secrets, delivery = excluded.delivery,
                state = excluded.state,
                changed_at = excluded.changed_at""";

    private static final String FOLLOW = """
            UPDATE event_log.subscription replay
            SET version = replay.version + 1, function = s.function, secrets = s.secrets, delivery = s.delivery,
                state = s.state, changed_at = s.changed_at
            FROM event_log.subscription s
            WHERE s.id = :id AND replay.target = s.id AND replay.state <> 'deleted'""";

    /** No event has the type ''. */
    private static final String REPLAY_OF = """
            INSERT INTO event_log.subscription
                (id, organization, name, version, kind, event_type, function, secrets, delivery, state, changed_at, target)
            SELECT nextval('event_manager.subscription_id'), s.organization, s.name, 1, 'replay', '', s.function, s.secrets,
                   s.delivery, s.state, :change, s.id
            FROM event_log.subscription s
            WHERE s.organization = :organization AND s.name = :name AND s.kind = 'user' AND s.state <> 'deleted'
            RETURNING id, target""";

    private static final String IS_THERE = """
            SELECT count(*) > 0 FROM event_log.subscription
            WHERE organization = :organization AND name = :name AND kind = 'user' AND state <> 'deleted'""";

    private static final String REPLAY_TO = """
            INSERT INTO event_log.subscription
                (id, organization, name, version, kind, event_type, function, state, changed_at)
            VALUES (nextval('event_manager.subscription_id'), :organization, :name, 1, 'replay', '', :function, 'active', :change)
            RETURNING id""";

    private static final String END = """
            UPDATE event_log.subscription SET version = version + 1, state = 'deleted', changed_at = :change WHERE id = :id""";

    private static final String LOCK = "SELECT number FROM event_log.partition ORDER BY number FOR UPDATE";

    private static final String SEAM = """
            WITH seam AS (
                UPDATE event_log.partition
                SET matched_from = (SELECT version FROM event_log.subscriptions_version)
                RETURNING number, next_offset)
            SELECT next_offset FROM seam ORDER BY number""";

    private final JdbcClient jdbc;

    Publication(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Publishes the subscription with this id as it is in the current transaction, which must have written it already. Its
     * replays follow it: what calls, how, and whether at all.
     */
    public void publish(long id) {
        int rows = jdbc.sql(PUBLISH).param("change", change()).param("id", id).update();
        if (rows != 1) {
            throw new IllegalStateException("subscription " + id + " is not there to be published");
        }
        jdbc.sql(FOLLOW).param("id", id).update();
    }

    /**
     * Publishes a hidden subscription that matches nothing and stands for another, by whose name it is shown.
     *
     * @return empty if the organization has none of this name
     */
    public Optional<ReplaySubscription> replayOf(String organization, String name) {
        return jdbc.sql(REPLAY_OF)
                .param("change", change())
                .param("organization", organization)
                .param("name", name)
                .query((row, _) -> new ReplaySubscription(row.getLong("id"), row.getLong("target")))
                .optional();
    }

    /**
     * A hidden subscription.
     *
     * @param id of itself
     * @param target of the subscription that it stands for
     */
    public record ReplaySubscription(long id, long target) {}

    /** Whether an organization has a subscription of this name. */
    public boolean isThere(String organization, String name) {
        return jdbc.sql(IS_THERE)
                .param("organization", organization)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /**
     * Publishes a hidden subscription that matches nothing and calls a function.
     *
     * @param name that it is shown by
     * @return its id
     */
    public long replayTo(String organization, String function, String name) {
        return jdbc.sql(REPLAY_TO)
                .param("change", change())
                .param("organization", organization)
                .param("name", name)
                .param("function", function)
                .query(Long.class)
                .single();
    }

    /** Ends a hidden subscription: what is still owed to it ends as dead. */
    public void end(long id) {
        jdbc.sql(END).param("change", change()).param("id", id).update();
    }

    /**
     * Draws a line through the log: every event from these offsets on, one for each partition, is matched against what the
     * current transaction has published, and no event before them is. Nothing is appended until the transaction ends.
     */
    public List<Long> seam() {
        jdbc.sql(LOCK).query(Integer.class).list();
        return jdbc.sql(SEAM).query((row, _) -> row.getLong(1)).list();
    }

    private long change() {
        return jdbc.sql(CHANGE).query(Long.class).single();
    }
}
