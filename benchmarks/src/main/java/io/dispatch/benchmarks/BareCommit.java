package io.dispatch.benchmarks;

import io.dispatch.postgresql.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * One connection that inserts a row of 300 bytes and commits, again and again, into a PostgreSQL with the settings of the
 * product's own: what every durable answer costs at least on this machine.
 *
 * @param perSecond commits a second
 * @param took how long each took
 * @param cpuSeconds of PostgreSQL for 10,000 commits
 */
record BareCommit(double perSecond, Latencies took, double cpuSeconds) {

    private static final int MOST = 200_000;
    private static final int WARM_UP = 200;
    private static final byte[] ROW = new byte[300];

    /**
     * Measures.
     *
     * @param folder for the server; it should lie on the disk that the product's data lies on
     */
    static BareCommit measure(Path folder, double seconds) throws SQLException, InterruptedException {
        try (EmbeddedPostgresql server =
                        EmbeddedPostgresql.start(folder.resolve("commits"), folder.resolve("programs"), 0);
                Connection connection = server.connect("postgres")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE commits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data bytea)");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO commits (data) VALUES (?)")) {
                var _ = commit(connection, insert, new Timeline(WARM_UP), Long.MAX_VALUE);
                return measure(connection, insert, seconds);
            }
        }
    }

    private static BareCommit measure(Connection connection, PreparedStatement insert, double seconds)
            throws SQLException {
        Processes processes = new Processes(ProcessHandle.current());
        Timeline timeline = new Timeline(MOST);
        Map<String, Double> before = processes.cpuSeconds();
        long start = System.nanoTime();
        int commits = commit(connection, insert, timeline, start + (long) (seconds * 1e9));
        double took = (System.nanoTime() - start) / 1e9;
        Map<String, Double> used = Phase.difference(before, processes.cpuSeconds());
        return new BareCommit(
                commits / took,
                timeline.untilAnswered(0, commits),
                used.getOrDefault(Processes.POSTGRESQL, 0.0) * 10_000 / commits);
    }

    private static int commit(Connection connection, PreparedStatement insert, Timeline timeline, long until)
            throws SQLException {
        int next = 0;
        while (next < timeline.capacity() && System.nanoTime() < until) {
            timeline.due(next, System.nanoTime());
            insert.setBytes(1, ROW);
            insert.executeUpdate();
            connection.commit();
            timeline.answered(next, System.nanoTime());
            next++;
        }
        return next;
    }
}
