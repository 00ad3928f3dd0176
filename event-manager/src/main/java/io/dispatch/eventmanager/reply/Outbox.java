package io.dispatch.eventmanager.reply;

import io.dispatch.contracts.event.CloudEventReader;
import io.dispatch.eventmanager.event.TakenEvents.Taken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What function-invoker has put down in {@code delivery_progress.reply}. Safe for use by several threads and replicas. */
@Component
class Outbox {
    /**
     * Replicas pass over what another one is taking, and a replica that is frozen in between loses its transaction. At least
     * one row is taken however large it is.
     */
    private static final String TAKE = """
            SET LOCAL idle_in_transaction_session_timeout = '5s';
            WITH locked AS MATERIALIZED (
                SELECT partition, "offset", subscription, attempt, octet_length(event) AS size
                FROM delivery_progress.reply
                WHERE refused IS NULL
                ORDER BY partition, "offset", subscription, attempt
                LIMIT ?
                FOR UPDATE SKIP LOCKED
            ), wanted AS (
                SELECT *, sum(size) OVER (ORDER BY partition, "offset", subscription, attempt) - size AS before FROM locked
            )
            DELETE FROM delivery_progress.reply r USING wanted w
            WHERE w.before < ? AND r.partition = w.partition AND r."offset" = w."offset"
              AND r.subscription = w.subscription AND r.attempt = w.attempt
            RETURNING r.partition, r."offset", r.subscription, r.attempt, r.organization, r.event""";

    private static final String REFUSE = """
            UPDATE delivery_progress.reply SET refused = :reason
            WHERE partition = :partition AND "offset" = :offset AND subscription = :subscription AND attempt = :attempt""";

    private static final int MOST_BYTES = 4 << 20;

    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Leaves a row where it is, for good, and says why. */
    void refuse(RunKey key, String reason) {
        jdbc.sql(REFUSE)
                .param("reason", reason)
                .param("partition", key.partition())
                .param("offset", key.offset())
                .param("subscription", key.subscription())
                .param("attempt", key.attempt())
                .update();
    }

    /** The run that a row is of. */
    record RunKey(int partition, long offset, long subscription, int attempt) {}

    @SuppressWarnings("ArrayRecordComponent") // text as it came; rows are never compared
    private record Row(RunKey key, String organization, byte[] event) {}

    /** Takes the first rows: they are gone once the transaction is committed. */
    static final class Taking implements ConnectionCallback<List<Taken>> {
        private static final Comparator<Row> ORDER = Comparator.comparingInt(
                        (Row row) -> row.key().partition())
                .thenComparingLong(row -> row.key().offset())
                .thenComparingLong(row -> row.key().subscription());

        private final int most;
        private List<Row> rows = List.of();

        /** @param most rows, at least 1 */
        Taking(int most) {
            this.most = most;
        }

        @Override
        public List<Taken> doInConnection(Connection connection) throws SQLException {
            rows = List.of();
            rows = take(connection);
            return rows.stream()
                    .map(row -> new Taken(row.organization(), CloudEventReader.structured(row.event())))
                    .toList();
        }

        /** What was taken last, in the order of the events answered. */
        List<RunKey> keys() {
            return rows.stream().map(Row::key).toList();
        }

        /** Whether there may be more. */
        boolean isFull() {
            return rows.size() >= most
                    || rows.stream().mapToLong(row -> row.event().length).sum() >= MOST_BYTES;
        }

        private List<Row> take(Connection connection) throws SQLException {
            List<Row> taken = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                statement.setInt(1, most);
                statement.setInt(2, MOST_BYTES);
                statement.execute();
                statement.getMoreResults();
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        taken.add(new Row(
                                new RunKey(result.getInt(1), result.getLong(2), result.getLong(3), result.getInt(4)),
                                result.getString(5),
                                result.getBytes(6)));
                    }
                }
            }
            taken.sort(ORDER);
            return taken;
        }
    }
}
