package io.dispatch.eventmanager.subscription;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Copies a subscription to where others may read it and counts the change, within the transaction of the change. The row of
 * the version is locked until the commit, so that changes become visible in the order of their versions.
 */
@Component
class Publication {
    private static final String PUBLISH = """
            WITH change AS (UPDATE event_log.subscriptions_version SET version = version + 1 RETURNING version)
            INSERT INTO event_log.subscription
                (id, organization, name, version, event_type, filters, function, secrets, delivery, state, changed_at)
            SELECT s.id, s.organization, s.name, s.version, s.event_type, s.filters, s.function, coalesce(s.secrets, '{}'),
                   s.delivery::jsonb, CASE WHEN s.deleted THEN 'deleted' WHEN s.paused THEN 'paused' ELSE 'active' END,
                   change.version
            FROM event_manager.subscription s, change
            WHERE s.id = ?
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, event_type = excluded.event_type, filters = excluded.filters,
                function = excluded.function, secrets = excluded.secrets, delivery = excluded.delivery,
                state = excluded.state,
                changed_at = excluded.changed_at""";

    private final JdbcClient jdbc;

    Publication(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Publishes the row with this id as it is in the current transaction, which must have written it already. */
    void publish(long id) {
        int rows = jdbc.sql(PUBLISH).param(id).update();
        if (rows != 1) {
            throw new IllegalStateException("subscription " + id + " is not there to be published");
        }
    }
}
