package io.dispatch.eventmanager.replay;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks whether there is room for more copies: so many that live events do not wait behind them, and no more than the target
 * takes. Safe for use by several threads.
 */
@Component
class Room {
    /** So many events may be read and not settled, whosever they are. */
    static final int MOST_UNSETTLED = 2_000;

    /** So many copies of a replay may be due. Those that wait for another attempt hold nothing up. */
    static final int MOST_DUE = 1_000;

    /** As long as function-invoker has published nothing there is nobody to be slowed down. */
    private static final String PROGRESS_IS_THERE = """
            SELECT coalesce(has_schema_privilege('delivery_progress', 'usage')
                            AND has_table_privilege(to_regclass('delivery_progress.settled'), 'select')
                            AND has_table_privilege(to_regclass('delivery_progress.due'), 'select'), false)""";

    private static final String HEADS =
            "SELECT sum(next_offset) AS appended, 0 AS unsettled, 0 AS due FROM event_log.partition";

    private static final String LOOK = """
            SELECT (SELECT sum(next_offset) FROM event_log.partition) AS appended,
                   (SELECT coalesce(sum(p.next_offset - s.next_offset), 0)
                    FROM event_log.partition p JOIN delivery_progress.settled s USING (number)) AS unsettled,
                   (SELECT count(*) FROM event_log.partition p
                    CROSS JOIN LATERAL (SELECT FROM delivery_progress.due d
                                        WHERE d.partition = p.number AND d.subscription = :subscription AND d.due_at <= now()
                                        LIMIT :most) each) AS due""";

    private final JdbcClient jdbc;
    private volatile boolean progressIsThere;

    Room(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was seen.
     *
     * @param appended events that were ever appended, whosever they are
     * @param unsettled how many of these no delivery is known of, neither that it is done nor that it waits
     * @param due deliveries of the subscription that wait for a call
     */
    record Look(long appended, long unsettled, long due) {
        /** Whether more may be appended. */
        boolean isEnough() {
            return unsettled <= MOST_UNSETTLED && due < MOST_DUE;
        }
    }

    /** Looks for one subscription. */
    Look look(long subscription) {
        if (!progressIsThere) {
            progressIsThere = jdbc.sql(PROGRESS_IS_THERE).query(Boolean.class).single();
        }
        JdbcClient.StatementSpec statement = progressIsThere
                ? jdbc.sql(LOOK).param("subscription", subscription).param("most", MOST_DUE)
                : jdbc.sql(HEADS);
        return statement
                .query((row, _) -> new Look(row.getLong("appended"), row.getLong("unsettled"), row.getLong("due")))
                .single();
    }
}
