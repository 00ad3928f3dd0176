package io.dispatch.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The tables and views of other services that this service reads. They may come later than this service: until all
 * are there the service is not ready (readiness 503 names what is missing), and whoever reads them waits.
 *
 * <p>A service that reads others' tables declares one bean of it. Safe for use by many threads.
 */
public final class PublishedSchema {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    // A name in a schema that this role may not use counts as missing: the grant comes with database.sql.
    private static final String MISSING = """
            select name from unnest(?) as name
            where not coalesce(
                has_schema_privilege(split_part(name, '.', 1), 'usage')
                    and has_table_privilege(to_regclass(name), 'select'),
                false)
            """;

    private final DataSource dataSource;
    private final List<String> relations;
    private volatile boolean complete;

    /**
     * @param dataSource of this service
     * @param relations tables and views as {@code schema.name}
     */
    public PublishedSchema(DataSource dataSource, String... relations) {
        this.dataSource = dataSource;
        this.relations = List.of(relations);
    }

    /**
     * Waits until everything is there; returns at once if it has been there before. A database that cannot be reached
     * is waited for as well.
     */
    public void await() throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (!isComplete()) {
            Thread.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private boolean isComplete() {
        try {
            return missing().isEmpty();
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * What is not there yet; empty from the first time on that everything was.
     *
     * @throws SQLException if the database cannot be asked
     */
    public List<String> missing() throws SQLException {
        if (complete) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(MISSING)) {
            statement.setArray(1, connection.createArrayOf("text", relations.toArray()));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    missing.add(result.getString(1));
                }
            }
        }
        complete = missing.isEmpty();
        return missing;
    }
}
